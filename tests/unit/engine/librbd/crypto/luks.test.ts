import { createCipheriv, pbkdf2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../../../../src/engine/base/base64.ts';
import { bytesOfData } from '../../../../../src/engine/base/data.ts';
import { CephError } from '../../../../../src/engine/base/errno.ts';
import { runToEnd } from '../../../../../src/engine/base/task.ts';
import { utf8Decode, utf8Encode } from '../../../../../src/engine/base/utf8.ts';
import { mergeKey, splitKey } from '../../../../../src/engine/librbd/crypto/luks/anti-forensic.ts';
import { decodeLuks1, encodeLuks1, LUKS1_BYTES } from '../../../../../src/engine/librbd/crypto/luks/luks1-codec.ts';
import { decodeLuks2, encodeLuks2, LUKS2_BYTES } from '../../../../../src/engine/librbd/crypto/luks/luks2-codec.ts';
import { luks2Json, parseLuks2Json } from '../../../../../src/engine/librbd/crypto/luks/luks2-json.ts';
import { magicOf, withOtherMagic } from '../../../../../src/engine/librbd/crypto/luks/magic.ts';
import { chanceOf, makeLuks1, makeLuks2 } from '../../../../../src/engine/librbd/crypto/luks/make-luks.ts';
import { type LuksHeader, parseLuks, unlock } from '../../../../../src/engine/librbd/crypto/luks/open-luks.ts';
import { pbkdf2 } from '../../../../../src/engine/librbd/crypto/luks/pbkdf2.ts';
import { cryptSectors, xtsKey } from '../../../../../src/engine/librbd/crypto/xts.ts';

const recorded = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../conformance/luks/${name}.bin`, import.meta.url)));
const LUKS1 = recorded('luks1');
const LUKS2 = recorded('luks2');
const PASSPHRASE = utf8Encode('secret');

/** What `cryptsetup luksDump --dump-volume-key` says of the recorded headers. */
const KEYS = {
  1: '2868bbae27571e27e19c524d75858d8e0749f21d8ddc457becb6b3dcdb194c7a',
  2: '3740009d1ca23b8fd0f86fe55eebaaadd4157a15a26cdd3f39fd8cfed24386ac',
} as const;

function must<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('nothing there');
  return value;
}

function keyOf(bytes: Uint8Array, passphrase = PASSPHRASE): Uint8Array {
  const header: LuksHeader = must(parseLuks(bytes));
  return runToEnd(
    unlock(header, passphrase, function* (off, len) {
      return bytes.slice(off, off + len);
    }),
  );
}

describe('rule EN1: headers of cryptsetup', () => {
  test.each([
    [1, LUKS1, 512],
    [2, LUKS2, 4096],
  ] as const)('LUKS%i gives its key for the passphrase', (version, bytes, sectorBytes) => {
    expect(Buffer.from(keyOf(bytes)).toString('hex')).toBe(KEYS[version]);
    expect(() => keyOf(bytes, utf8Encode('Secret'))).toThrow('no keyslot opens');
    expect(parseLuks(bytes)).toMatchObject({ version, sectorBytes, keyBytes: 32 });
  });

  test('read and written again they are the same bytes', () => {
    expect(encodeLuks1(decodeLuks1(LUKS1))).toEqual(LUKS1.slice(0, LUKS1_BYTES));
    const json = must(decodeLuks2(LUKS2.slice(0, LUKS2_BYTES)));
    const metadata = parseLuks2Json(json);
    expect(luks2Json({ ...metadata, keyslotsBytes: 16_744_448 })).toBe(utf8Decode(json));
    for (const second of [false, true]) {
      const bytes = LUKS2.slice(second ? LUKS2_BYTES : 0, second ? 2 * LUKS2_BYTES : LUKS2_BYTES);
      const uuid = Buffer.from(bytes.subarray(168, 204)).toString('latin1');
      const salt = bytes.slice(104, 168);
      expect(encodeLuks2({ uuid, salt, epoch: 3, json: utf8Decode(json) }, second)).toEqual(bytes);
    }
  });

  test('what is cut off or damaged is no header', () => {
    expect(parseLuks(LUKS1.slice(0, 100))).toBeUndefined();
    expect(parseLuks(LUKS2.slice(0, 10_000))).toBeUndefined();
    const damaged = LUKS2.slice();
    damaged[4100] = 0;
    expect(parseLuks(damaged)).toBeUndefined();
  });

  test('hostile headers are refused, or opened at a bounded cost', () => {
    const places = fc.oneof(fc.nat(LUKS1_BYTES - 1), fc.constantFrom(104, 105, 108, 111, 208, 212, 248, 252));
    fc.assert(
      fc.property(fc.array(fc.tuple(places, fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = LUKS1.slice();
        for (const [at, value] of changes) bytes[at] = value;
        try {
          const header = parseLuks(bytes);
          // What costs more than a test may take is left to the bound of key derivation.
          const costs = header?.slots.map(({ kdf }) => (kdf.type === 'pbkdf2' ? kdf.iterations : 0)) ?? [];
          if (decodeLuks1(bytes).digestIterations < 1e4 && Math.max(0, ...costs) < 1e4) keyOf(bytes);
        } catch (error) {
          expect(String(error)).toMatch(/Error: /);
          expect(error instanceof CephError || String(error).includes('nothing there')).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a derivation that costs too much is refused before it begins', () => {
    const bytes = LUKS1.slice();
    bytes.set([0xff, 0xff, 0xff, 0xff], 212);
    expect(() => keyOf(bytes)).toThrow(new CephError('EOPNOTSUPP', '4294967295 iterations of PBKDF2'));
  });
});

describe('headers made here', () => {
  const chance = (): ReturnType<typeof chanceOf> => {
    let seed = 7;
    return chanceOf(() => seed++);
  };
  const plan = (bytes: number, align: number) => ({
    key: new Uint8Array(bytes).map((_, i) => i * 5 + 1),
    passphrase: PASSPHRASE,
    uuid: '521fb752-8384-4280-9fb1-012bc4c9d127',
    align,
    chance: chance(),
  });

  test.each([32, 64])('open again with a key of %i bytes, and begin where the real ones do', (keyBytes) => {
    for (const align of [4096, 65_536, 4 * 1024 ** 2]) {
      const made = [runToEnd(makeLuks1(plan(keyBytes, align))), runToEnd(makeLuks2(plan(keyBytes, align)))] as const;
      for (const { header, dataOffset } of made) {
        expect(header.length).toBe(dataOffset);
        expect(dataOffset % align).toBe(0);
        expect(keyOf(bytesOfData(header, 0, 300_000))).toEqual(plan(keyBytes, align).key);
      }
      expect(must(parseLuks(bytesOfData(made[0].header, 0, 4096))).dataOffset).toBe(made[0].dataOffset);
    }
  });

  test('as clones they have another magic, in both places, and turned back are as before', () => {
    for (const bytes of [LUKS1, LUKS2]) {
      const clone = must(withOtherMagic(bytes));
      expect(magicOf(clone)).toBe('rbd-clone');
      expect(parseLuks(clone)?.version === 1 || decodeLuks2(clone.slice(0, LUKS2_BYTES)) === undefined).toBe(true);
      expect(withOtherMagic(clone)).toEqual(bytes);
    }
    expect(withOtherMagic(LUKS2.slice(0, LUKS2_BYTES))).toBeNull();
    expect(withOtherMagic(new Uint8Array(600))).toBeNull();
  });
});

describe('building blocks', () => {
  test.each([16, 32])('XTS with halves of %i bytes is that of OpenSSL', (half) => {
    const key = new Uint8Array(2 * half).map((_, i) => i * 7 + 1);
    const plain = new Uint8Array(8192).map((_, i) => (i * 31) >> 3);
    for (const sectorBytes of [512, 4096]) {
      for (const first of [0, 8, 2 ** 33 + 16]) {
        const bytes = plain.slice();
        cryptSectors(xtsKey(key), bytes, sectorBytes, first, true);
        const expected = Buffer.concat(
          Array.from({ length: plain.length / sectorBytes }, (_, i) => {
            const tweak = Buffer.alloc(16);
            tweak.writeBigUInt64LE(BigInt(first + (i * sectorBytes) / 512));
            const cipher = createCipheriv(`aes-${half * 8}-xts`, key, tweak);
            return cipher.update(plain.slice(i * sectorBytes, (i + 1) * sectorBytes));
          }),
        );
        expect(Buffer.compare(bytes, expected)).toBe(0);
        cryptSectors(xtsKey(key), bytes, sectorBytes, first, false);
        expect(Buffer.compare(bytes, plain)).toBe(0);
      }
    }
  });

  test.each(['sha1', 'sha256', 'sha512'])('PBKDF2 with %s is that of OpenSSL', (hash) => {
    for (const [password, length] of [
      ['', 20],
      ['secret', 64],
      ['x'.repeat(200), 77],
    ] as const) {
      const salt = utf8Encode('salt of 16 bytes');
      const own = runToEnd(pbkdf2(utf8Encode(password), salt, { hash, iterations: 1003 }, length));
      expect(Buffer.from(own)).toEqual(pbkdf2Sync(password, salt, 1003, length, hash));
    }
  });

  test('stripes: a key goes through them, and one bit less gives another', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 64 }), fc.nat(2000), (key, place) => {
        const random = new Uint8Array(key.length * 40).map((_, i) => i * 13 + 5);
        const stripes = splitKey(key, random, 'sha256');
        expect(mergeKey(stripes, key.length, 'sha256')).toEqual(key);
        const at = place % stripes.length;
        stripes[at] = (stripes[at] ?? 0) ^ 1;
        expect(mergeKey(stripes, key.length, 'sha256')).not.toEqual(key);
      }),
      { numRuns: 20 },
    );
  });

  test('base64 is that of Node', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(text)).toEqual(bytes);
      }),
    );
    expect(fromBase64('abc')).toBeUndefined();
    expect(fromBase64('a*c=')).toBeUndefined();
  });
});
