import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, EMPTY_BYTES } from '../../../../src/engine/base/bytes.ts';
import { isErrno } from '../../../../src/engine/base/errno.ts';
import type { ErasureCodec } from '../../../../src/engine/erasure-code/codec.ts';
import { profileOptionsOf } from '../../../../src/engine/erasure-code/monitor-profile.ts';
import { parseProfile } from '../../../../src/engine/erasure-code/profile.ts';
import {
  decodeObject,
  encodeObject,
  objectOffset,
  shardPlace,
  stripeBounds,
  stripeInfo,
  stripeWidthOf,
} from '../../../../src/engine/erasure-code/stripe.ts';
import { DEFAULT_PROFILE } from './samples.ts';

function codec(words: string): ErasureCodec {
  return parseProfile(profileOptionsOf(words.split(' '), DEFAULT_PROFILE)).codec;
}

/** Codes of which any m lost chunks can be had back. */
const MDS = [
  'k=2 m=2',
  'k=4 m=2',
  'k=5 m=1',
  'k=8 m=4',
  'technique=cauchy k=5 m=4',
  'plugin=jerasure k=4 m=2',
  'plugin=jerasure k=6 m=3 w=16',
  'plugin=jerasure k=3 m=3 w=32',
  'plugin=jerasure technique=reed_sol_r6_op k=5',
  'plugin=jerasure technique=cauchy_orig k=4 m=3 packetsize=8',
  'plugin=jerasure technique=cauchy_good k=5 m=3 packetsize=8',
  'plugin=jerasure technique=cauchy_good k=3 m=2 w=5 packetsize=4',
  'plugin=jerasure technique=liberation k=5 m=2 packetsize=8',
  'plugin=jerasure technique=blaum_roth k=4 m=2 w=6 packetsize=8',
  'plugin=jerasure technique=liber8tion k=6 m=2 packetsize=8',
  'plugin=clay k=4 m=2',
  'plugin=clay k=4 m=3 d=5',
  'plugin=clay k=3 m=3 d=4 scalar_mds=isa technique=cauchy',
];

/** Codes of which some losses of m chunks cannot. */
const LOCAL = [
  'plugin=lrc k=4 m=2 l=3',
  'plugin=shec k=4 m=3 c=2',
  'plugin=shec k=6 m=4 c=3',
  'plugin=shec k=8 m=4 c=3 w=16',
];

const bytes = (max: number) => fc.uint8Array({ minLength: 1, maxLength: max });

/** Some of the shards, in any order. */
const losses = (own: ErasureCodec, most: number) =>
  fc.subarray(
    Array.from({ length: own.k + own.m }, (_, i) => i),
    { minLength: 1, maxLength: most },
  );

function without(shards: readonly Uint8Array[], lost: readonly number[]): Map<number, Uint8Array> {
  return new Map([...shards.entries()].filter(([shard]) => !lost.includes(shard)));
}

describe('lost shards', () => {
  it.each(MDS)('any m of %s come back', (words) => {
    const own = codec(words);
    const property = fc.property(bytes(5000), losses(own, own.m), (data, lost) => {
      const shards = own.encode(data);
      const have = without(shards, lost);
      const minimum = own.minimumToDecode(new Set(lost), new Set(have.keys()));
      for (const shard of minimum.keys()) expect(have.has(shard)).toBe(true);
      expect(own.decode(lost, have)).toEqual(new Map(lost.map((shard) => [shard, shards[shard]])));
    });
    fc.assert(property, { numRuns: 40 });
  });

  it.each(MDS)('one more than m of %s do not', (words) => {
    const own = codec(words);
    const shards = own.encode(new Uint8Array(100).fill(7));
    const lost = Array.from({ length: own.m + 1 }, (_, i) => i);
    expect(() => own.decode(lost, without(shards, lost))).toThrow(/Input\/output error/);
    const available = new Set(without(shards, lost).keys());
    expect(() => own.minimumToDecode(new Set(lost), available)).toThrow(/Input\/output error/);
  });

  it.each(LOCAL)('what %s says it can read from suffices', (words) => {
    const own = codec(words);
    const property = fc.property(bytes(3000), losses(own, own.m), (data, lost) => {
      const shards = own.encode(data);
      const have = without(shards, lost);
      const minimum = minimumOf(own, lost, new Set(have.keys()));
      if (minimum === undefined) return;
      const read = new Map([...have].filter(([shard]) => minimum.has(shard)));
      expect(own.decode(lost, read)).toEqual(new Map(lost.map((shard) => [shard, shards[shard]])));
    });
    fc.assert(property, { numRuns: 100 });
  });

  it.each(LOCAL)('any single shard of %s comes back', (words) => {
    const own = codec(words);
    for (let lost = 0; lost < own.k + own.m; lost++) {
      const available = new Set(Array.from({ length: own.k + own.m }, (_, i) => i).filter((i) => i !== lost));
      expect(minimumOf(own, [lost], available), `shard ${lost}`).toBeDefined();
    }
  });

  it('lrc reads its own group alone for a single loss', () => {
    const own = codec('plugin=lrc k=4 m=2 l=3');
    const minimum = own.minimumToDecode(new Set([0]), new Set([1, 2, 3, 4, 5, 6, 7]));
    expect([...minimum.keys()]).toEqual([1, 2, 3]);
  });

  it.each(
    MDS.filter((words) => words.includes('clay')),
  )('%s repairs any single shard from the sub-chunks it asks for', (words) => {
    const own = codec(words);
    const data = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) >> 3);
    const shards = own.encode(data);
    const part = (shards[0]?.length ?? 0) / own.subChunkCount;
    for (let lost = 0; lost < shards.length; lost++) {
      const minimum = own.minimumToDecode(new Set([lost]), new Set(without(shards, [lost]).keys()));
      const given = new Map(
        [...minimum].map(([shard, ranges]) => {
          const parts = ranges.map(
            ([first, count]) => shards[shard]?.slice(first * part, (first + count) * part) ?? EMPTY_BYTES,
          );
          return [shard, concatBytes(parts)];
        }),
      );
      expect([...given.values()][0]?.length, 'less than a whole shard').toBeLessThan(part * own.subChunkCount);
      expect(own.repair?.(lost, given), `shard ${lost}`).toEqual(shards[lost]);
    }
  });

  it('clay reads a q-th of d chunks for a single loss', () => {
    const own = codec('plugin=clay k=4 m=2');
    expect(own.subChunkCount).toBe(8);
    const minimum = own.minimumToDecode(new Set([0]), new Set([1, 2, 3, 4, 5]));
    expect([...minimum]).toEqual([1, 2, 3, 4, 5].map((shard) => [shard, [[0, 4]]]));
    expect([...own.minimumToDecode(new Set([4]), new Set([0, 1, 2, 3, 5])).values()][0]).toEqual([
      [0, 1],
      [2, 1],
      [4, 1],
      [6, 1],
    ]);
  });
});

function minimumOf(own: ErasureCodec, lost: readonly number[], available: ReadonlySet<number>) {
  try {
    return own.minimumToDecode(new Set(lost), available);
  } catch (error) {
    if (isErrno(error, 'EIO')) return undefined;
    throw error;
  }
}

describe('objects in stripes', () => {
  const infos = ['k=3 m=2', 'plugin=jerasure k=2 m=1 w=16', 'plugin=clay k=3 m=2', 'plugin=lrc k=4 m=2 l=3'].flatMap(
    (words) => {
      const own = codec(words);
      const width = stripeWidthOf(own, 1024);
      return [stripeInfo(own, width), stripeInfo(own, width, true)];
    },
  );

  it('come back whole with a shard lost, whether shards end with the stripe or with their data', () => {
    const property = fc.property(fc.constantFrom(...infos), bytes(40000), fc.nat(), (info, data, pick) => {
      const shards = encodeObject(info, data);
      const have = without(shards, [pick % shards.length]);
      expect(decodeObject(info, have, data.length)).toEqual(data);
    });
    fc.assert(property, { numRuns: 60 });
  });

  it('have each byte where shardPlace says', () => {
    const property = fc.property(fc.constantFrom(...infos), bytes(40000), fc.nat(), (info, data, pick) => {
      const off = pick % data.length;
      const place = shardPlace(info, off);
      expect(encodeObject(info, data)[place.shard]?.[place.off]).toBe(data[off]);
      expect(objectOffset(info, place.shard, place.off)).toBe(off);
      const bounds = stripeBounds(info, off, 1);
      expect(bounds.length).toBe(info.stripe_width_bytes);
      expect(off - bounds.off).toBeLessThan(info.stripe_width_bytes);
    });
    fc.assert(property, { numRuns: 60 });
  });
});
