import { describe, expect, test } from 'vitest';
import { bytesOfData, type Data, sliceData } from '../../../../../src/engine/base/data.ts';
import { ERRNO } from '../../../../../src/engine/base/errno.ts';
import type { Task } from '../../../../../src/engine/base/task.ts';
import { utf8Encode } from '../../../../../src/engine/base/utf8.ts';
import { FEATURE } from '../../../../../src/engine/codec/rbd-types.ts';
import { type CipherAlg, type FormatName, formatImage } from '../../../../../src/engine/librbd/crypto/format-image.ts';
import { type EncryptionSpec, loadEncryption } from '../../../../../src/engine/librbd/crypto/load-crypto.ts';
import { magicOf } from '../../../../../src/engine/librbd/crypto/luks/magic.ts';
import type { ImageCtx } from '../../../../../src/engine/librbd/image-ctx.ts';
import { discardImage, readImage, writeImage } from '../../../../../src/engine/librbd/io/image-io.ts';
import { commitMigration } from '../../../../../src/engine/librbd/migration/commit.ts';
import { executeMigration } from '../../../../../src/engine/librbd/migration/execute.ts';
import { prepareMigration } from '../../../../../src/engine/librbd/migration/prepare.ts';
import { flattenImage } from '../../../../../src/engine/librbd/operation/flatten.ts';
import { resizeImage } from '../../../../../src/engine/librbd/operation/resize.ts';
import { Bench, KIB, MIB, pattern } from '../set-up.ts';

const PASSPHRASE = utf8Encode('secret');
const luks = (text = 'secret', format: EncryptionSpec['format'] = 'luks'): EncryptionSpec => ({
  format,
  passphrase: utf8Encode(text),
});

function format(bench: Bench, name: string, kind: FormatName, cipher?: CipherAlg, text = 'secret'): void {
  bench.with(name, (image) => formatImage(image, kind, utf8Encode(text), cipher));
}

function opened<T>(
  bench: Bench,
  name: string,
  body: (image: ImageCtx) => Task<T>,
  specs: readonly EncryptionSpec[] = [luks()],
): T {
  return bench.with(name, function* (image) {
    yield* loadEncryption(image, specs);
    return yield* body(image);
  });
}

function errno(bench: Bench, name: string, specs: readonly EncryptionSpec[]): number {
  return bench.errno(
    (function* (): Task<void> {
      opened(bench, name, function* () {}, specs);
    })(),
  );
}

function write(bench: Bench, name: string, off: number, data: Data, specs?: readonly EncryptionSpec[]): void {
  opened(bench, name, (image) => writeImage(image, off, data), specs);
}

/** Bytes as they are stored. */
function rawOf(bench: Bench, name: string, off: number, length: number): Uint8Array {
  return bytesOfData(bench.with(name, (image) => readImage(image, off, length), { readOnly: true }));
}

function read(bench: Bench, name: string, specs?: readonly EncryptionSpec[]): Uint8Array {
  return bytesOfData(opened(bench, name, (image) => readImage(image, 0, image.dataSize), specs));
}

const KINDS: readonly (readonly [FormatName, CipherAlg, dataOffset: number])[] = [
  ['luks1', 'aes-128', 2 * MIB],
  ['luks1', 'aes-256', 2 * MIB],
  ['luks2', 'aes-128', 16 * MIB],
  ['luks2', 'aes-256', 16 * MIB],
];

describe.each(KINDS)('an image of %s with %s', (kind, cipher, dataOffset) => {
  const made = (): Bench => {
    const bench = new Bench();
    bench.create('a', 20 * MIB, { order: 20 });
    format(bench, 'a', kind, cipher);
    return bench;
  };

  test('rule EN1: what is written comes back with the passphrase, and is noise without', () => {
    const bench = made();
    const data = pattern(10 * KIB, 3);
    write(bench, 'a', 1000, data);
    expect(read(bench, 'a').subarray(1000, 1000 + 10 * KIB)).toEqual(bytesOfData(data));
    const raw = rawOf(bench, 'a', dataOffset, MIB);
    expect(Buffer.from(raw).includes(Buffer.from(bytesOfData(data).subarray(0, 64)))).toBe(false);
    expect(raw.subarray(1024, 12 * KIB - 1024).some((byte) => byte !== 0)).toBe(true);
    // Sectors that nobody wrote are not there.
    expect(raw.subarray(12 * KIB).every((byte) => byte === 0)).toBe(true);
  });

  test('rule EN2: the data begin behind the header, and sizes count from there', () => {
    const bench = made();
    opened(bench, 'a', function* (image) {
      expect(image.dataOffset).toBe(dataOffset);
      expect(image.dataSize).toBe(20 * MIB - dataOffset);
      yield* resizeImage(image, 21 * MIB, false);
      expect(image.header.size).toBe(21 * MIB + dataOffset);
    });
  });

  test('wrong passphrases and formats are refused', () => {
    const bench = made();
    const other = kind === 'luks1' ? 'luks2' : 'luks1';
    expect(errno(bench, 'a', [luks('wrong')])).toBe(ERRNO.EPERM);
    expect(errno(bench, 'a', [luks('secret', other)])).toBe(ERRNO.EINVAL);
    expect(errno(bench, 'a', [luks('secret', kind)])).toBe(0);
    expect(errno(bench, 'a', [luks(), luks()])).toBe(ERRNO.EINVAL);
  });
});

describe('sectors', () => {
  test('writes across their borders keep what is beside, reads at any place fit', () => {
    const bench = new Bench();
    bench.create('a', 32 * MIB);
    format(bench, 'a', 'luks2');
    const model = new Uint8Array(16 * MIB);
    for (const [off, length] of [
      [0, 8192],
      [4095, 2],
      [5000, 4096],
      [MIB - 3, 7],
      [3 * MIB, 1],
      [100, MIB],
    ] as const) {
      const data = pattern(length, off);
      write(bench, 'a', off, data);
      model.set(bytesOfData(data), off);
    }
    expect(Buffer.compare(read(bench, 'a'), model)).toBe(0);
    opened(bench, 'a', function* (image) {
      for (const [off, length] of [
        [4094, 5],
        [1, 1],
        [MIB - 1, 2],
      ] as const) {
        expect(bytesOfData(yield* readImage(image, off, length))).toEqual(model.slice(off, off + length));
      }
    });
  });

  test('rule EN3: what is discarded becomes encrypted zeros', () => {
    const bench = new Bench();
    const id = bench.create('a', 32 * MIB);
    format(bench, 'a', 'luks1');
    write(bench, 'a', 0, pattern(MIB, 1));
    opened(bench, 'a', (image) => discardImage(image, 0, 128 * KIB));
    expect(
      read(bench, 'a')
        .subarray(0, 128 * KIB)
        .every((byte) => byte === 0),
    ).toBe(true);
    expect(
      bench
        .read('a')
        .subarray(4 * MIB, 4 * MIB + 512)
        .every((byte) => byte === 0),
    ).toBe(false);
    // Shrinking leaves them in the rest of the last object, even where nothing was.
    opened(bench, 'a', (image) => resizeImage(image, 21 * MIB, true));
    expect(bench.objects().filter((oid) => oid.startsWith(`rbd_data.${id}`))).toEqual(
      [0, 1, 6].map((no) => `rbd_data.${id}.${no.toString(16).padStart(16, '0')}`),
    );
  });

  test('stripe patterns: data begin with a stripe period', () => {
    const bench = new Bench();
    bench.create('a', 64 * MIB, { stripeUnit: 64 * KIB, stripeCount: 3 });
    format(bench, 'a', 'luks2');
    const data = pattern(MIB, 9);
    write(bench, 'a', 12345, data);
    opened(bench, 'a', function* (image) {
      expect(image.dataOffset).toBe(24 * MIB);
      const back = yield* readImage(image, 12345, MIB);
      expect(Buffer.compare(bytesOfData(back), bytesOfData(data))).toBe(0);
    });
  });
});

describe('refusals of a format', () => {
  test('an image with a journal, and one that is smaller than the header', () => {
    const bench = new Bench();
    bench.create('small', 15 * MIB);
    bench.create('just', 16 * MIB);
    bench.create('journal', 64 * MIB, { features: FEATURE.LAYERING | FEATURE.EXCLUSIVE_LOCK | FEATURE.JOURNALING });
    const attempt = (name: string): number =>
      bench.errno(
        (function* (): Task<void> {
          format(bench, name, 'luks2');
        })(),
      );
    expect(attempt('small')).toBe(ERRNO.ENOSPC);
    expect(attempt('just')).toBe(0);
    expect(attempt('journal')).toBe(ERRNO.EOPNOTSUPP);
    expect(errno(bench, 'small', [luks()])).toBe(ERRNO.EINVAL);
  });
});

describe('clones', () => {
  const HEAD_BYTES = 2.5 * MIB;
  function family(parentKind: FormatName | null): Bench {
    const bench = new Bench();
    bench.create('parent', 20 * MIB, { order: 20 });
    if (parentKind !== null) format(bench, 'parent', parentKind);
    if (parentKind === null) bench.write('parent', 0, pattern(HEAD_BYTES, 1));
    else write(bench, 'parent', 0, pattern(HEAD_BYTES, 1));
    bench.snap('parent', 's', true);
    bench.clone('parent', 's', 'c');
    return bench;
  }
  const head = bytesOfData(pattern(HEAD_BYTES, 1));
  const magic = (bench: Bench): string | null => magicOf(rawOf(bench, 'c', 0, 16));
  const two = [luks('other'), luks('secret')];

  test('rule EN4: a clone that was formatted reads its plain parent through its own place', () => {
    const bench = family(null);
    format(bench, 'c', 'luks2', 'aes-256', 'other');
    expect(magic(bench)).toBe('rbd-clone');
    expect(errno(bench, 'c', two)).toBe(ERRNO.EINVAL);
    expect(Buffer.compare(read(bench, 'c', [luks('other')]).subarray(0, HEAD_BYTES), head)).toBe(0);
    write(bench, 'c', 100, pattern(50, 7), [luks('other')]);
    const expected = head.slice();
    expected.set(bytesOfData(pattern(50, 7)), 100);
    expect(Buffer.compare(read(bench, 'c', [luks('other')]).subarray(0, HEAD_BYTES), expected)).toBe(0);
    const before = read(bench, 'c', [luks('other')]);
    opened(bench, 'c', (image) => flattenImage(image), [luks('other')]);
    expect(magic(bench)).toBe('luks');
    expect(Buffer.compare(read(bench, 'c', [luks('other')]), before)).toBe(0);
  });

  test.each(['luks1', 'luks2'] as const)('a clone of %s, formatted with the other, needs both passphrases', (kind) => {
    const bench = family(kind);
    format(bench, 'c', kind === 'luks1' ? 'luks2' : 'luks1', 'aes-128', 'other');
    expect(errno(bench, 'c', [luks('other')])).toBe(ERRNO.EPERM);
    expect(errno(bench, 'c', [...two, luks()])).toBe(ERRNO.EINVAL);
    expect(Buffer.compare(read(bench, 'c', two).subarray(0, HEAD_BYTES), head)).toBe(0);
    write(bench, 'c', 2 * MIB, pattern(50, 7), two);
    const before = read(bench, 'c', two);
    expect(Buffer.compare(before.subarray(0, 2 * MIB), head.subarray(0, 2 * MIB))).toBe(0);
    opened(bench, 'c', (image) => flattenImage(image), two);
    expect(magic(bench)).toBe('luks');
    expect(Buffer.compare(read(bench, 'c', [luks('other')]), before)).toBe(0);
  });

  test('a clone that was not formatted opens with its parent’s passphrase', () => {
    const bench = family('luks1');
    expect(Buffer.compare(read(bench, 'c').subarray(0, HEAD_BYTES), head)).toBe(0);
    write(bench, 'c', 0, pattern(10, 7));
    const before = read(bench, 'c');
    expect(before.subarray(0, 10)).toEqual(bytesOfData(pattern(10, 7)));
    expect(Buffer.compare(before.subarray(10, HEAD_BYTES), head.subarray(10))).toBe(0);
    opened(bench, 'c', (image) => flattenImage(image));
    expect(Buffer.compare(read(bench, 'c'), before)).toBe(0);
  });

  test('a flatten without passphrases leaves a clone that nothing opens, as in Ceph', () => {
    const bench = family('luks1');
    format(bench, 'c', 'luks2', 'aes-256', 'other');
    bench.with('c', (image) => flattenImage(image));
    expect(magic(bench)).toBe('rbd-clone');
    expect(errno(bench, 'c', [luks('other')])).toBe(ERRNO.EINVAL);
  });

  test('snapshots of a clone keep what they had', () => {
    const bench = family('luks2');
    bench.snap('c', 'mine');
    write(bench, 'c', 0, pattern(10, 7));
    const seen = bench.with(
      'c',
      function* (image) {
        yield* loadEncryption(image, [luks()]);
        return yield* readImage(image, 0, HEAD_BYTES);
      },
      { snapName: 'mine' },
    );
    expect(Buffer.compare(bytesOfData(sliceData(seen, 0, HEAD_BYTES)), head)).toBe(0);
  });
});

test('an encrypted image is migrated as it is stored, also while it is unlocked and written to', () => {
  const bench = new Bench();
  bench.create('a', 5 * MIB, { order: 20 });
  format(bench, 'a', 'luks1');
  write(bench, 'a', 1000, pattern(MIB, 3));
  bench.snap('a', 's');
  write(bench, 'a', 5000, pattern(100, 4));
  bench.run(prepareMigration(bench.io(), 'a', bench.io(), 'b', { order: 16, stripeUnit: 64 * KIB, stripeCount: 1 }));
  const model = new Uint8Array(3 * MIB);
  for (const [off, data] of [
    [1000, pattern(MIB, 3)],
    [5000, pattern(100, 4)],
  ] as const)
    model.set(bytesOfData(data), off);
  const check = (): void => {
    expect(Buffer.compare(read(bench, 'b'), model)).toBe(0);
  };
  check();
  write(bench, 'b', 70_001, pattern(70_000, 5));
  write(bench, 'b', 2 * MIB, pattern(10, 6));
  model.set(bytesOfData(pattern(70_000, 5)), 70_001);
  model.set(bytesOfData(pattern(10, 6)), 2 * MIB);
  check();
  bench.run(executeMigration(bench.io(), 'b'));
  check();
  bench.run(commitMigration(bench.io(), 'b'));
  check();
});

test('an empty passphrase is one as any other', () => {
  const bench = new Bench();
  bench.create('a', 32 * MIB);
  bench.with('a', (image) => formatImage(image, 'luks1', new Uint8Array(0)));
  expect(errno(bench, 'a', [luks('')])).toBe(0);
  expect(errno(bench, 'a', [{ format: 'luks', passphrase: PASSPHRASE }])).toBe(ERRNO.EPERM);
});
