import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import {
  appendHashes,
  decodeHashInfo,
  emptyHashInfo,
  encodeHashInfo,
} from '../../../../src/engine/erasure-code/hash-info.ts';
import { checkProfile, profileOptionsOf } from '../../../../src/engine/erasure-code/monitor-profile.ts';
import { erasurePoolShape } from '../../../../src/engine/erasure-code/pool-shape.ts';
import {
  decodeObject,
  encodeObject,
  type StripeInfo,
  shardSize,
  stripeInfo,
  stripeWidthOf,
} from '../../../../src/engine/erasure-code/stripe.ts';
import { parseStripeUnit } from '../../../../src/engine/erasure-code/stripe-unit.ts';
import { DEFAULT_PROFILE, inputBytes, isType } from './samples.ts';

interface Shard {
  readonly bytes: number;
  readonly sha256: string;
  readonly hinfo: string;
}

interface Pool {
  readonly profile: string;
  readonly stripe_width: number;
  readonly size: number;
  readonly min_size: number;
  readonly objects: { readonly big: readonly Shard[]; readonly small: readonly Shard[] };
}

const POOLS: Pool[] = readFileSync(new URL('../../../conformance/erasure/pools.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

function infoOf(pool: Pool): StripeInfo {
  const words = pool.profile.split(' ').filter((word) => word !== 'FAST');
  const { codec, options } = checkProfile(profileOptionsOf(words, DEFAULT_PROFILE), isType);
  const unit = options.get('stripe_unit');
  const width = stripeWidthOf(codec, unit === undefined ? undefined : parseStripeUnit(unit));
  return stripeInfo(codec, width, pool.profile.startsWith('FAST'));
}

const INPUTS = { big: inputBytes(20001), small: inputBytes(100) };

describe('objects of real erasure coded pools, shard for shard', () => {
  for (const pool of POOLS) {
    it(pool.profile, () => {
      const info = infoOf(pool);
      expect(info.stripe_width_bytes).toBe(pool.stripe_width);
      expect(erasurePoolShape(info.codec)).toEqual({ size: pool.size, minSize: pool.min_size });
      for (const name of ['big', 'small'] as const) {
        const shards = encodeObject(info, INPUTS[name]);
        const real = pool.objects[name];
        expect(shards.map((bytes) => bytes.length)).toEqual(real.map(({ bytes }) => bytes));
        expect(real.map((_, shard) => shardSize(info, INPUTS[name].length, shard))).toEqual(
          real.map(({ bytes }) => bytes),
        );
        expect(shards.map((bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 16))).toEqual(
          real.map(({ sha256 }) => sha256),
        );
        if (!info.optimized) {
          const hashes = appendHashes(emptyHashInfo(pool.size), shards);
          for (const { hinfo } of real) expect(hexOf(encodeHashInfo(hashes))).toBe(hinfo);
          expect(decodeHashInfo(encodeHashInfo(hashes))).toEqual(hashes);
        }
        const survivors = [...shards.entries()].filter(([shard]) => shard !== info.codec.shardOf[0]);
        expect(decodeObject(info, new Map(survivors), INPUTS[name].length)).toEqual(INPUTS[name]);
      }
    });
  }
});
