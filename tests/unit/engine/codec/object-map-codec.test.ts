import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { utf8Encode } from '../../../../src/engine/base/utf8.ts';
import { bitAt, makeBitVector, resizedBits, withBits } from '../../../../src/engine/codec/bit-vector.ts';
import { crc32c, crc32cOfChange } from '../../../../src/engine/codec/crc32c.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import {
  changedBlockCrcs,
  decodeObjectMap,
  encodeBlockCrcs,
  encodeObjectMap,
  objectMapSize,
} from '../../../../src/engine/codec/object-map-codec.ts';
import { dencoderTests, recordedData } from './recorded.ts';

describe('crc32c', () => {
  it('is the Castagnoli CRC without its inversions', () => {
    // The customary check value of "123456789" is e3069283.
    expect((crc32c(0xffffffff, utf8Encode('123456789')) ^ 0xffffffff) >>> 0).toBe(0xe3069283);
    expect(crc32c(0, new Uint8Array(100))).toBe(0);
  });
  it('gives the same in two goes, at any cut', () => {
    const bytes = Uint8Array.from({ length: 41 }, (_, i) => (i * 37) & 0xff);
    const whole = crc32c(0, bytes);
    for (let cut = 0; cut <= 41; cut++) expect(crc32c(crc32c(0, bytes, 0, cut), bytes, cut)).toBe(whole);
  });
});

describe('the value of a block that was changed', () => {
  it('is told from what changed alone', () => {
    const stretch = fc.record({
      before: fc.uint8Array({ minLength: 1, maxLength: 5000 }),
      patch: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      at: fc.nat(),
    });
    fc.assert(
      fc.property(stretch, ({ before, patch, at }) => {
        const from = at % before.length;
        const to = Math.min(from + patch.length, before.length);
        const after = before.slice();
        after.set(patch.subarray(0, to - from), from);
        const range = { from, to, end: before.length };
        expect(crc32cOfChange(crc32c(0, before), before, after, range)).toBe(crc32c(0, after));
      }),
    );
  });
  it('is that of each of them, where a change goes over the edge of two', () => {
    const before = Uint8Array.from({ length: 9000 }, (_, at) => at & 0xff);
    const after = before.slice().fill(7, 4000, 8200);
    const changed = changedBlockCrcs(before, after, 4000, 8200);
    expect(hexOf(changed)).toBe(hexOf(encodeBlockCrcs(after.slice())));
  });
});

describe('the object map', () => {
  it('has 6438 bytes for 25,600 objects and 36 for 8', () => {
    expect(encodeObjectMap(makeBitVector(25_600)).length).toBe(6438);
    expect(encodeObjectMap(makeBitVector(8)).length).toBe(36);
  });

  const maps = recordedData().filter(({ oid }) => oid.startsWith('rbd_object_map'));
  it.each(maps)('reads and writes the recorded bytes ($scenario step $step)', ({ data }) => {
    expect(hexOf(encodeObjectMap(decodeObjectMap(new Decoder(data))))).toBe(hexOf(data));
    expect(objectMapSize(data.subarray(0, 18))).toBe(8);
  });
  it('was tried on all of them', () => expect(maps.length).toBe(4));

  it('tells states: 54 00 is three that exist and five that do not', () => {
    const [first] = maps;
    const map = decodeObjectMap(new Decoder(first?.data ?? new Uint8Array()));
    expect(Array.from({ length: 8 }, (_, i) => bitAt(map, i))).toEqual([1, 1, 1, 0, 0, 0, 0, 0]);
  });

  it.each(dencoderTests('BitVector_2'))('reads and writes what ceph-dencoder made (%#)', ({ bytes, json }) => {
    const map = decodeObjectMap(new Decoder(bytes));
    expect(map.size).toBe(json.size);
    expect([...map.bytes].map((byte) => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`)).toEqual(
      json.bit_table,
    );
    expect(hexOf(encodeObjectMap(map))).toBe(hexOf(bytes));
  });

  it('refuses a map with one bit turned', () => {
    const bytes = encodeObjectMap(withBits(makeBitVector(100), 10, 20, 1));
    for (const at of [8, 20, 50]) {
      const bad = bytes.slice();
      bad[at] = (bad[at] ?? 0) ^ 4;
      expect(() => decodeObjectMap(new Decoder(bad))).toThrow(/Invalid argument/);
    }
  });

  it('is cut and grown', () => {
    const map = resizedBits(withBits(makeBitVector(10, 1), 3, 5, 3), 4);
    expect(hexOf(map.bytes)).toBe('57');
    expect(hexOf(resizedBits(map, 6, 2).bytes)).toBe('57a0');
    expect(hexOf(resizedBits(map, 3).bytes)).toBe('54');
  });
});
