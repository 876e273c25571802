import type { JsonValue } from '../codec/json-value.ts';
import { cacheModeNumber } from './cache-modes.ts';
import { readIntervals, readTime_us } from './dump-values.ts';
import { PLAIN_POOL, type PoolExtra } from './extra.ts';
import { AUTOSCALE_MODES, flagNames, POOL_FLAGS, unnamedBits } from './names.ts';
import type { PgPool } from './osd-map.ts';
import { MAX_PG_NUM } from './wire.ts';

const [U32, S32, WIDE] = [0xffff_ffff, 0x7fff_ffff, Number.MAX_SAFE_INTEGER] as const;

/** A pool of `ceph osd dump`. */
export function readPool(pool: JsonValue): PgPool {
  const number = (key: string, otherwise = 0) => pool.maybe(key)?.int(0, WIDE) ?? otherwise;
  const flags = flagNames(pool.at('flags').int(0, WIDE), POOL_FLAGS);
  const pgNum = pool.at('pg_num').int(0, MAX_PG_NUM);
  const pgpNum = pool.at('pg_placement_num').int(0, MAX_PG_NUM);
  const pending = number('pg_num_pending', pgNum);
  return {
    id: pool.at('pool').int(0, WIDE),
    name: pool.at('pool_name').text(),
    ...typeOf(pool.at('type')),
    ...{ size: pool.at('size').int(0, 255), minSize: pool.at('min_size').int(0, 255) },
    ...{ crushRule: ruleOf(pool), pgNum, pgpNum, flags, extra: readExtra(pool) },
    pgNumTarget: number('pg_num_target', pgNum),
    pgpNumTarget: number('pg_placement_num_target', pgpNum),
    ...(pending === pgNum ? {} : { pgNumPending: pending }),
    autoscaleMode: AUTOSCALE_MODES.find((mode) => mode === pool.maybe('pg_autoscale_mode')?.text()) ?? 'unknown',
    created_us: readTime_us(pool.maybe('create_time')),
    lastChange: number('last_change'),
    lastForceResend: number('last_force_op_resend_preluminous'),
    stripeWidth: number('stripe_width'),
    erasureCodeProfile: pool.maybe('erasure_code_profile')?.text() ?? '',
    ...readSnaps(pool, flags),
    quotaMaxBytes: number('quota_max_bytes'),
    quotaMaxObjects: number('quota_max_objects'),
    applications: readApplications(pool.maybe('application_metadata')),
    options: new Map((pool.maybe('options')?.entries() ?? []).map(([name, value]) => [name, value.scalar()])),
  };
}

/** Fields of pools that are not read, and how it is seen that they say something. */
export const POOL_FIELDS_LEFT_OUT = {
  hit_set_params: (value: JsonValue) => value.isObject && value.maybe('type')?.text() !== 'none',
  last_pg_merge_meta: (value: JsonValue) => (value.maybe('ready_epoch')?.int(0, U32) ?? 0) > 0,
  nonprimary_shards: (value: JsonValue) => value.text() !== '{}',
};

/** Older releases call it `crush_ruleset`. */
function ruleOf(pool: JsonValue): number {
  return (pool.maybe('crush_rule') ?? pool.at('crush_ruleset')).int(0, 255);
}

function typeOf(value: JsonValue): Pick<PgPool, 'type'> {
  const number = value.int(0, 255);
  if (number !== 1 && number !== 3) return value.refuse(`a pool of type ${number}, which no release makes`);
  return { type: number === 3 ? 'erasure' : 'replicated' };
}

function readSnaps(pool: JsonValue, flags: readonly string[]) {
  const snaps = pool.maybe('pool_snaps')?.list() ?? [];
  const snapMode = flags.includes('pool_snaps') ? 'pool' : flags.includes('selfmanaged_snaps') ? 'selfmanaged' : 'none';
  const removed = pool.maybe('removed_snaps');
  return {
    snapMode: snapMode satisfies PgPool['snapMode'] as PgPool['snapMode'],
    snapSeq: pool.maybe('snap_seq')?.int(0, WIDE) ?? 0,
    snapEpoch: pool.maybe('snap_epoch')?.int(0, U32) ?? 0,
    snaps: snaps.map((snap) => ({
      id: snap.at('snapid').int(0, WIDE),
      name: snap.at('name').text(),
      stamp_us: readTime_us(snap.maybe('stamp')),
    })),
    removedSnaps: removed === undefined ? [] : readIntervals(removed),
  };
}

function readApplications(value: JsonValue | undefined): PgPool['applications'] {
  return new Map(
    (value?.entries() ?? []).map(([name, pairs]) => [
      name,
      new Map(pairs.entries().map(([key, text]) => [key, text.text()])),
    ]),
  );
}

function readExtra(pool: JsonValue): PoolExtra {
  const number = (key: string, otherwise: number) => pool.maybe(key)?.int(0, WIDE) ?? otherwise;
  const plain = PLAIN_POOL;
  const bucketCount = number('peering_crush_bucket_count', 0);
  const peering = {
    bucketCount,
    bucketTarget: number('peering_crush_bucket_target', 0),
    bucketBarrier: number('peering_crush_bucket_barrier', 0),
    mandatoryMember: (pool.maybe('peering_crush_bucket_mandatory_member')?.int(-S32 - 1, U32) ?? S32) >>> 0,
  };
  return {
    ...plain,
    objectHash: number('object_hash', 2),
    flagBits: unnamedBits(pool.at('flags').int(0, WIDE), POOL_FLAGS),
    auid: number('auid', 0),
    tiers: (pool.maybe('tiers')?.list() ?? []).map((tier) => tier.int(0, WIDE)),
    tierOf: pool.maybe('tier_of')?.int(-1, WIDE) ?? -1,
    readTier: pool.maybe('read_tier')?.int(-1, WIDE) ?? -1,
    writeTier: pool.maybe('write_tier')?.int(-1, WIDE) ?? -1,
    cacheMode: Math.max(0, cacheModeNumber(pool.maybe('cache_mode')?.text() ?? 'none')),
    hitSetPeriod_s: number('hit_set_period', 0),
    hitSetCount: number('hit_set_count', 0),
    hitSetGradeDecayRate: number('hit_set_grade_decay_rate', 0),
    hitSetSearchLastN: number('hit_set_search_last_n', 0),
    useGmtHitSet: pool.maybe('use_gmt_hitset')?.bool() ?? plain.useGmtHitSet,
    targetMaxBytes: number('target_max_bytes', 0),
    targetMaxObjects: number('target_max_objects', 0),
    cacheTargetDirtyRatio_micro: number('cache_target_dirty_ratio_micro', plain.cacheTargetDirtyRatio_micro),
    cacheTargetDirtyHighRatio_micro: number(
      'cache_target_dirty_high_ratio_micro',
      plain.cacheTargetDirtyHighRatio_micro,
    ),
    cacheTargetFullRatio_micro: number('cache_target_full_ratio_micro', plain.cacheTargetFullRatio_micro),
    cacheMinFlushAge_s: number('cache_min_flush_age', 0),
    cacheMinEvictAge_s: number('cache_min_evict_age', 0),
    minReadRecencyForPromote: number('min_read_recency_for_promote', 0),
    minWriteRecencyForPromote: number('min_write_recency_for_promote', 0),
    expectedNumObjects: number('expected_num_objects', 0),
    fastRead: pool.maybe('fast_read')?.bool() ?? false,
    forceResend: number('last_force_op_resend', 0),
    forceResendPrenautilus: number('last_force_op_resend_prenautilus', 0),
    peering: bucketCount > 0 ? peering : null,
  };
}
