import { cacheModeName } from '../../../engine/osdmap/cache-modes.ts';
import { type MergeMeta, PLAIN_POOL, type PoolExtra } from '../../../engine/osdmap/extra.ts';
import { flagBits, POOL_FLAGS } from '../../../engine/osdmap/names.ts';
import type { OsdMap, PgPool } from '../../../engine/osdmap/osd-map.ts';
import { pgIdText } from '../../../engine/osdmap/pg-id.ts';
import { type ReadBalance, readBalanceOf } from '../../../engine/osdmap/read-balance.ts';
import { byName } from '../../../engine/osdmap/wire.ts';
import type { PlainObject } from '../format/tree.ts';
import { gradeTable, hitSetObject } from './hit-set.ts';
import { intervalsText, shardsText, timeText_us } from './texts.ts';

/** The mandatory member of a pool that is not stretched: no item. */
const NO_MEMBER = 0x7fff_ffff;

/** A pool for JSON or XML. @ceph src/osd/osd_types.cc pg_pool_t::dump — exact */
export function poolObject(map: OsdMap, pool: PgPool): PlainObject {
  const extra = pool.extra ?? PLAIN_POOL;
  return {
    pool: pool.id,
    pool_name: pool.name === '' ? '<unknown>' : pool.name,
    create_time: timeText_us(pool.created_us),
    flags: flagBits(pool.flags, POOL_FLAGS) + extra.flagBits,
    flags_names: pool.flags.join(','),
    type: extra.strangeType ?? (pool.type === 'erasure' ? 3 : 1),
    size: pool.size,
    min_size: pool.minSize,
    crush_rule: pool.crushRule,
    ...peeringObject(extra),
    object_hash: extra.objectHash,
    pg_autoscale_mode: pool.autoscaleMode === 'unknown' ? '???' : pool.autoscaleMode,
    pg_num: pool.pgNum,
    pg_placement_num: pool.pgpNum,
    pg_placement_num_target: pool.pgpNumTarget,
    pg_num_target: pool.pgNumTarget,
    pg_num_pending: pool.pgNumPending ?? pool.pgNum,
    last_pg_merge_meta: mergeObject(extra.mergeMeta),
    last_change: String(pool.lastChange),
    last_force_op_resend: String(extra.forceResend),
    last_force_op_resend_prenautilus: String(extra.forceResendPrenautilus),
    last_force_op_resend_preluminous: String(pool.lastForceResend),
    auid: extra.auid,
    ...snapsObject(pool),
    quota_max_bytes: pool.quotaMaxBytes,
    quota_max_objects: pool.quotaMaxObjects,
    ...tieringObject(pool, extra),
    stripe_width: pool.stripeWidth,
    expected_num_objects: extra.expectedNumObjects,
    fast_read: extra.fastRead,
    nonprimary_shards: shardsText(extra.nonprimaryShards),
    options: Object.fromEntries(byName(pool.options)),
    application_metadata: Object.fromEntries(
      byName(pool.applications).map(([name, pairs]) => [name, Object.fromEntries(byName(pairs))]),
    ),
    read_balance: balanceObject(readBalanceOf(map, pool)),
  };
}

function peeringObject({ peering }: PoolExtra): PlainObject {
  return {
    peering_crush_bucket_count: peering?.bucketCount ?? 0,
    peering_crush_bucket_target: peering?.bucketTarget ?? 0,
    peering_crush_bucket_barrier: peering?.bucketBarrier ?? 0,
    peering_crush_bucket_mandatory_member: (peering?.mandatoryMember ?? NO_MEMBER) | 0,
    is_stretch_pool: (peering?.bucketCount ?? 0) !== 0,
  };
}

function mergeObject(meta: MergeMeta): PlainObject {
  return {
    source_pgid: pgIdText(meta.sourcePool, meta.sourceSeed),
    ready_epoch: meta.readyEpoch,
    last_epoch_started: meta.lastEpochStarted,
    last_epoch_clean: meta.lastEpochClean,
    source_version: `${meta.sourceVersion.epoch}'${meta.sourceVersion.version}`,
    target_version: `${meta.targetVersion.epoch}'${meta.targetVersion.version}`,
  };
}

function snapsObject(pool: PgPool): PlainObject {
  return {
    snap_mode: pool.flags.includes('pool_snaps') ? 'pool' : 'selfmanaged',
    snap_seq: pool.snapSeq,
    snap_epoch: pool.snapEpoch,
    pool_snaps: pool.snaps.map(({ id, name, stamp_us }) => ({ snapid: id, stamp: timeText_us(stamp_us), name })),
    removed_snaps: intervalsText(pool.removedSnaps),
  };
}

function tieringObject(pool: PgPool, extra: PoolExtra): PlainObject {
  return {
    tiers: extra.tiers,
    tier_of: extra.tierOf,
    read_tier: extra.readTier,
    write_tier: extra.writeTier,
    cache_mode: cacheModeName(extra.cacheMode),
    target_max_bytes: extra.targetMaxBytes,
    target_max_objects: extra.targetMaxObjects,
    cache_target_dirty_ratio_micro: extra.cacheTargetDirtyRatio_micro,
    cache_target_dirty_high_ratio_micro: extra.cacheTargetDirtyHighRatio_micro,
    cache_target_full_ratio_micro: extra.cacheTargetFullRatio_micro,
    cache_min_flush_age: extra.cacheMinFlushAge_s,
    cache_min_evict_age: extra.cacheMinEvictAge_s,
    erasure_code_profile: pool.erasureCodeProfile,
    hit_set_params: hitSetObject(extra),
    hit_set_period: extra.hitSetPeriod_s,
    hit_set_count: extra.hitSetCount,
    use_gmt_hitset: extra.useGmtHitSet,
    min_read_recency_for_promote: extra.minReadRecencyForPromote,
    min_write_recency_for_promote: extra.minWriteRecencyForPromote,
    hit_set_grade_decay_rate: extra.hitSetGradeDecayRate,
    hit_set_search_last_n: extra.hitSetSearchLastN,
    grade_table: gradeTable(extra),
  };
}

/** How evenly primaries lie, as `read_balance`. @ceph src/osd/OSDMap.cc OSDMap::dump_read_balance_score — exact */
export function balanceObject(balance: ReadBalance | undefined): PlainObject | undefined {
  if (balance === undefined) return undefined;
  const scores = { score_acting: balance.scoreActing, score_stable: balance.scoreStable };
  if (!balance.valid) return { error_message: balance.message, ...scores };
  return {
    score_type: balance.fair === undefined ? 'OSD size aware' : 'Fair distribution',
    ...scores,
    ...fairObject(balance),
    ...sizeAwareObject(balance),
    error_message: balance.message,
  };
}

function fairObject({ fair }: ReadBalance): PlainObject {
  if (fair === undefined) return {};
  return {
    optimal_score: fair.optimalScore,
    raw_score_acting: fair.rawScoreActing,
    raw_score_stable: fair.rawScoreStable,
    primary_affinity_weighted: fair.primaryAffinityWeighted,
    average_primary_affinity: fair.averagePrimaryAffinity,
    average_primary_affinity_weighted: fair.averagePrimaryAffinityWeighted,
  };
}

function sizeAwareObject({ sizeAware }: ReadBalance): PlainObject {
  if (sizeAware === undefined) return {};
  const { most, mostActing } = sizeAware;
  return {
    average_osd_load: sizeAware.averageLoad,
    most_loaded_osd: { ...most },
    ...(most.osd === mostActing.osd ? {} : { most_loaded_acting_osd: { ...mostActing } }),
  };
}
