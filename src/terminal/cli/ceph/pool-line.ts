import { poolFlagBits } from '../../../engine/mon/pool-flags.ts';
import { readBalance } from '../../../engine/mon/read-balance.ts';
import type { OsdMap, PgPool } from '../../../engine/osdmap/osd-map.ts';
import { isoText } from '../format/dates.ts';
import { fixedText, generalText } from '../format/fixed-text.ts';
import type { PlainObject } from '../format/tree.ts';
import { intervalText } from './interval-text.ts';

/**
 * A pool as `osd dump` and `osd pool ls detail` print it, with its snapshots on lines of their own.
 * @ceph src/osd/osd_types.cc operator<< pg_pool_t, src/osd/OSDMap.cc print_pools — without tiers
 */
export function poolLines(map: OsdMap, pool: PgPool): string {
  const parts = [
    `pool ${pool.id} '${pool.name}' ${pool.type}`,
    pool.type === 'erasure' ? `profile ${pool.erasureCodeProfile}` : '',
    `size ${pool.size} min_size ${pool.minSize} crush_rule ${pool.crushRule} object_hash rjenkins`,
    `pg_num ${pool.pgNum} pgp_num ${pool.pgpNum}`,
    pool.pgNumTarget === pool.pgNum ? '' : `pg_num_target ${pool.pgNumTarget}`,
    pool.pgpNumTarget === pool.pgpNum ? '' : `pgp_num_target ${pool.pgpNumTarget}`,
    `autoscale_mode ${pool.autoscaleMode} last_change ${pool.lastChange}`,
    pool.lastForceResend === 0 ? '' : `lfor 0/0/${pool.lastForceResend}`,
    pool.flags.length === 0 ? '' : `flags ${pool.flags.join(',')}`,
    pool.quotaMaxBytes === 0 ? '' : `max_bytes ${pool.quotaMaxBytes}`,
    pool.quotaMaxObjects === 0 ? '' : `max_objects ${pool.quotaMaxObjects}`,
    `stripe_width ${pool.stripeWidth}`,
    ...[...pool.options].map(([key, value]) => `${key} ${typeof value === 'number' ? generalText(value, 6) : value}`),
    pool.applications.size === 0 ? '' : `application ${[...pool.applications.keys()].join(',')}`,
    balanceText(map, pool),
  ];
  return `${parts.filter((part) => part !== '').join(' ')}\n${snapLines(map, pool)}`;
}

function balanceText(map: OsdMap, pool: PgPool): string {
  const balance = readBalance(map, pool);
  return balance === undefined ? '' : `read_balance_score ${fixedText(balance.scoreActing, 2)}`;
}

function snapLines(map: OsdMap, pool: PgPool): string {
  const snaps = pool.snaps.map(({ id, name, stamp_us }) => `\tsnap ${id} '${name}' ${isoText(stamp_us)}\n`);
  const queue = map.removedSnapsQueue.get(pool.id);
  return snaps.join('') + (queue === undefined ? '' : `\tremoved_snaps_queue ${intervalText(queue)}\n`);
}

/** A pool in JSON: `pool_id` in `osd pool ls detail`, `pool` in `osd dump`. */
export function poolObject(map: OsdMap, pool: PgPool, idKey: 'pool' | 'pool_id'): PlainObject {
  return {
    [idKey]: pool.id,
    pool_name: pool.name,
    create_time: isoText(pool.created_us),
    flags: poolFlagBits(pool),
    flags_names: pool.flags.join(','),
    type: pool.type === 'erasure' ? 3 : 1,
    size: pool.size,
    min_size: pool.minSize,
    crush_rule: pool.crushRule,
    peering_crush_bucket_count: 0,
    peering_crush_bucket_target: 0,
    peering_crush_bucket_barrier: 0,
    peering_crush_bucket_mandatory_member: 2147483647,
    is_stretch_pool: false,
    object_hash: 2,
    pg_autoscale_mode: pool.autoscaleMode,
    pg_num: pool.pgNum,
    pg_placement_num: pool.pgpNum,
    pg_placement_num_target: pool.pgpNumTarget,
    pg_num_target: pool.pgNumTarget,
    pg_num_pending: pool.pgNum,
    last_pg_merge_meta: {
      source_pgid: '0.0',
      ready_epoch: 0,
      last_epoch_started: 0,
      last_epoch_clean: 0,
      source_version: "0'0",
      target_version: "0'0",
    },
    last_change: String(pool.lastChange),
    last_force_op_resend: '0',
    last_force_op_resend_prenautilus: '0',
    last_force_op_resend_preluminous: String(pool.lastForceResend),
    auid: 0,
    snap_mode: pool.snapMode === 'pool' ? 'pool' : 'selfmanaged',
    snap_seq: pool.snapSeq,
    snap_epoch: pool.snapEpoch,
    pool_snaps: pool.snaps.map(({ id, name, stamp_us }) => ({ snapid: id, stamp: isoText(stamp_us), name })),
    removed_snaps: '[]',
    quota_max_bytes: pool.quotaMaxBytes,
    quota_max_objects: pool.quotaMaxObjects,
    ...CACHE_FIELDS,
    erasure_code_profile: pool.erasureCodeProfile,
    ...HIT_SET_FIELDS,
    stripe_width: pool.stripeWidth,
    expected_num_objects: 0,
    fast_read: false,
    nonprimary_shards: '{}',
    options: Object.fromEntries(pool.options),
    application_metadata: Object.fromEntries(
      [...pool.applications].map(([app, keys]) => [app, Object.fromEntries(keys)]),
    ),
    read_balance: balanceObject(map, pool),
  };
}

function balanceObject(map: OsdMap, pool: PgPool): PlainObject | undefined {
  const balance = readBalance(map, pool);
  if (balance === undefined) return undefined;
  return {
    score_type: 'Fair distribution',
    score_acting: balance.scoreActing,
    score_stable: balance.scoreStable,
    optimal_score: balance.optimalScore,
    raw_score_acting: balance.rawScoreActing,
    raw_score_stable: balance.rawScoreStable,
    primary_affinity_weighted: balance.primaryAffinityWeighted,
    average_primary_affinity: balance.averagePrimaryAffinity,
    average_primary_affinity_weighted: balance.averagePrimaryAffinityWeighted,
  };
}

/** Cache tiers are not here; these are their fields in a pool without one. */
const CACHE_FIELDS: PlainObject = {
  tiers: [],
  tier_of: -1,
  read_tier: -1,
  write_tier: -1,
  cache_mode: 'none',
  target_max_bytes: 0,
  target_max_objects: 0,
  cache_target_dirty_ratio_micro: 400000,
  cache_target_dirty_high_ratio_micro: 600000,
  cache_target_full_ratio_micro: 800000,
  cache_min_flush_age: 0,
  cache_min_evict_age: 0,
};

const HIT_SET_FIELDS: PlainObject = {
  hit_set_params: { type: 'none' },
  hit_set_period: 0,
  hit_set_count: 0,
  use_gmt_hitset: true,
  min_read_recency_for_promote: 0,
  min_write_recency_for_promote: 0,
  hit_set_grade_decay_rate: 0,
  hit_set_search_last_n: 0,
  grade_table: [],
};
