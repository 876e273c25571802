import { type Encoder, encode } from '../../../src/engine/codec/denc.ts';
import { decodeCrushMap } from '../../../src/engine/crush/decode.ts';
import { decompileCrushMap } from '../../../src/engine/crush/decompile.ts';
import { filled, type Hostile, MIB, zeros } from './hostile.ts';

/** As many bytes as a CRUSH map may have. */
const MOST = 16 * MIB - 200;
/** Below what may be built of one. */
const BUILT = 95 * MIB;

/** A CRUSH map of buckets, each with its items, and nothing else. */
function crushOf(buckets: readonly (readonly number[])[], maxBuckets = buckets.length): Uint8Array {
  return encode((e) => {
    e.u32(0x10000).s32(maxBuckets).u32(0).s32(0);
    for (const [place, items] of buckets.entries()) {
      e.u32(5)
        .s32(-1 - place)
        .u16(1)
        .u8(5)
        .u8(0)
        .u32(0)
        .list(items, (each, item) => each.s32(item));
      for (const _ of items) e.u32(0x10000);
    }
    e.u32(0).u32(0).u32(0);
  });
}

export const EMPTY = crushOf([]);

const afterHead = (rest: () => Uint8Array) => () => encode((e) => e.raw(EMPTY.subarray(0, 16)).raw(rest()));

/** Buckets of which each holds the next twice: 2^n leaves. */
const doubling = (n: number) => crushOf(Array.from({ length: n }, (_, at) => (at + 1 < n ? [-2 - at, -2 - at] : [0])));
const chain = (n: number) => crushOf(Array.from({ length: n }, (_, at) => (at + 1 < n ? [-2 - at] : [0])));

/** An empty map with tunables, and entries of one of the lists that follow, as many as may be. */
function tail(listsBefore: number, built_bytes: number, entry: (e: Encoder, at: number) => void): Uint8Array {
  const count = Math.floor(BUILT / built_bytes);
  return encode((e) => {
    e.raw(EMPTY).raw(new Uint8Array(23));
    for (let left = listsBefore; left > 0; left--) e.u32(0);
    e.u32(count);
    for (let at = 0; at < count; at++) entry(e, at);
    e.raw(new Uint8Array(64));
  });
}

/** Places for buckets, all empty. */
function manyPlaces(count: number): Uint8Array {
  return encode((e) =>
    e
      .u32(0x10000)
      .s32(count)
      .u32(0)
      .s32(0)
      .raw(new Uint8Array(4 * count + 12)),
  );
}

/** One choose_args set of one entry with so many weight sets, all empty. */
const weightSets = (count: number) =>
  encode((e) =>
    e
      .u32(0x10000)
      .s32(1)
      .u32(0)
      .s32(0)
      .raw(new Uint8Array(4 + 12))
      .raw(new Uint8Array(23 + 12))
      .u32(1)
      .s64(0)
      .u32(1)
      .u32(0)
      .u32(count)
      .raw(new Uint8Array(4 * count)),
  );

const inputs: readonly (readonly [name: string, make: () => Uint8Array])[] = [
  ['2^31 buckets', () => crushOf([], 0x7fffffff)],
  ['buckets as many as bytes', () => manyPlaces(3_500_000)],
  ['empty buckets', () => crushOf(Array.from({ length: 240_000 }, () => []))],
  ['more empty buckets', () => crushOf(Array.from({ length: 600_000 }, () => []))],
  ['names without letters', afterHead(filled(15 * MIB, '\0'))],
  ['a list of 2^32 - 1', afterHead(filled(1000, '\xff'))],
  ['40 buckets doubled', () => doubling(40)],
  ['100,000 buckets one in another', () => chain(100_000)],
  ['a bucket of 1,500,000 items', () => crushOf([Array(1_500_000).fill(0)])],
  ['names of one letter', () => names(Math.floor(BUILT / 120))],
  ['more names of one letter', () => names(Math.floor(MOST / 9))],
  ['classes of devices', () => tail(0, 80, (e, at) => e.s32(at).s32(0))],
  ['names of classes', () => tail(1, 120, (e, at) => e.s32(at).string('c'))],
  ['shadow buckets', () => tail(2, 320, (e, at) => e.s32(at).u32(0))],
  ['shadow buckets, one each', () => tail(2, 400, (e, at) => e.s32(at).u32(1).s32(0).s32(0))],
  ['choose_args', () => tail(3, 320, (e, at) => e.s64(at).u32(0))],
  ['weight sets', () => weightSets(Math.floor(BUILT / 120))],
  ['too large', zeros(40 * MIB)],
];

/** So many types. */
function names(count: number): Uint8Array {
  return encode((e) =>
    e
      .raw(EMPTY.subarray(0, 16))
      .list([...Array(count).keys()], (each, at) => each.s32(at).string('x'))
      .raw(new Uint8Array(64)),
  );
}

export const CRUSH_INPUTS: readonly Hostile[] = [
  ...inputs.map(([name, make]) => ({ name: `crush: ${name}`, make, read: decodeCrushMap })),
  {
    name: 'crush: 17 buckets doubled, printed',
    make: () => doubling(17),
    read: (bytes) => decompileCrushMap(decodeCrushMap(bytes)),
  },
];
