import { expect, test } from 'vitest';
import { encode } from '../../../../src/engine/codec/denc.ts';
import { decodeCrushMap } from '../../../../src/engine/crush/decode.ts';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import { mapFaultOf } from '../../../../src/engine/osdmap/map-fault.ts';
import { readCase } from '../../../helpers/crush-cases.ts';

function faultOf(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    return mapFaultOf(error);
  }
  return undefined;
}

const crush = readCase('classes', 'crushmap.bin');
const whole = readCase('upmaps', 'osdmap.bin');

function withWord(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const out = new Uint8Array(bytes);
  new DataView(out.buffer).setUint32(at, value, true);
  return out;
}

test('a fault has its kind, its offset and its field', () => {
  expect(faultOf(() => decodeOsdMap(whole.subarray(0, 100)))).toMatchObject({ code: 'truncated', offset: 2 });
  expect(faultOf(() => decodeOsdMap(withWord(whole, 0, 0x4040)))).toMatchObject({ code: 'newer', offset: 0 });
  const flipped = withWord(whole, whole.length - 4, 0);
  expect(faultOf(() => decodeOsdMap(flipped))).toMatchObject({
    code: 'corrupt',
    offset: whole.length - 4,
    field: 'crc',
  });
  const manyPools = withWord(whole, 48, 0xffffffff);
  expect(faultOf(() => decodeOsdMap(manyPools))).toMatchObject({ code: 'corrupt', offset: 48, field: 'client.pools' });
  expect(mapFaultOf(new Error('ours'))).toBeUndefined();
});

test('in CRUSH maps', () => {
  expect(faultOf(() => decodeCrushMap(withWord(crush, 4, 0xffffffff)))).toMatchObject({
    code: 'corrupt',
    offset: 4,
    field: 'max_buckets',
  });
  // The first bucket: kind, id, type, kind, hash, weight, and how many items.
  const sizeAt = 16 + 4 + 4 + 2 + 1 + 1 + 4;
  expect(faultOf(() => decodeCrushMap(withWord(crush, sizeAt, 0x7fffffff)))).toMatchObject({
    code: 'corrupt',
    offset: sizeAt,
    field: 'buckets[0].size',
  });
  expect(faultOf(() => decodeCrushMap(withWord(crush, sizeAt + 4, -500 >>> 0)))).toMatchObject({
    code: 'corrupt',
    offset: null,
    field: 'buckets[0].items',
    message: 'CRUSH map: bucket -1 holds -500, which is not there',
  });
  const cut = crush.subarray(0, 41);
  expect(faultOf(() => decodeCrushMap(cut))).toMatchObject({ code: 'truncated' });
  const empty = encode((e) => e.u32(0x10000).s32(0).u32(0).s32(0).u32(0xffffffff));
  expect(faultOf(() => decodeCrushMap(empty))).toEqual({
    code: 'corrupt',
    message: 'list of 4294967295 in 0 bytes',
    offset: 16,
    field: 'type_map',
  });
});
