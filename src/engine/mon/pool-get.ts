import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { tierValue } from './tier/cache-getters.ts';

export type PoolValue = string | number | boolean;

type Getter = (pool: PgPool, map: OsdMap) => PoolValue | undefined;

function tierOnly(key: string): Getter {
  return (pool) => tierValue(pool, key);
}

/** What `ceph osd pool get` knows, in the order in which `all` lists it. Those that are unset are left out. */
const GETTERS: Readonly<Record<string, Getter>> = {
  size: (pool) => pool.size,
  min_size: (pool) => pool.minSize,
  pg_num: (pool) => pool.pgNum,
  pgp_num: (pool) => pool.pgpNum,
  crush_rule: (pool, map) => map.crush.rules.get(pool.crushRule)?.name ?? String(pool.crushRule),
  hashpspool: (pool) => pool.flags.includes('hashpspool'),
  allow_ec_overwrites: (pool) => (pool.type === 'erasure' ? pool.flags.includes('ec_overwrites') : undefined),
  nodelete: (pool) => pool.flags.includes('nodelete'),
  nopgchange: (pool) => pool.flags.includes('nopgchange'),
  nosizechange: (pool) => pool.flags.includes('nosizechange'),
  write_fadvise_dontneed: (pool) => pool.flags.includes('write_fadvise_dontneed'),
  noscrub: (pool) => pool.flags.includes('noscrub'),
  'nodeep-scrub': (pool) => pool.flags.includes('nodeep-scrub'),
  hit_set_type: tierOnly('hit_set_type'),
  hit_set_period: tierOnly('hit_set_period'),
  hit_set_count: tierOnly('hit_set_count'),
  hit_set_fpp: tierOnly('hit_set_fpp'),
  use_gmt_hitset: () => true,
  target_max_objects: tierOnly('target_max_objects'),
  target_max_bytes: tierOnly('target_max_bytes'),
  cache_target_dirty_ratio: tierOnly('cache_target_dirty_ratio'),
  cache_target_dirty_high_ratio: tierOnly('cache_target_dirty_high_ratio'),
  cache_target_full_ratio: tierOnly('cache_target_full_ratio'),
  cache_min_flush_age: tierOnly('cache_min_flush_age'),
  cache_min_evict_age: tierOnly('cache_min_evict_age'),
  erasure_code_profile: (pool) => (pool.type === 'erasure' ? pool.erasureCodeProfile : undefined),
  min_read_recency_for_promote: tierOnly('min_read_recency_for_promote'),
  min_write_recency_for_promote: tierOnly('min_write_recency_for_promote'),
  fast_read: (pool) => (pool.extra?.fastRead === true ? 1 : 0),
  hit_set_grade_decay_rate: tierOnly('hit_set_grade_decay_rate'),
  hit_set_search_last_n: tierOnly('hit_set_search_last_n'),
  pg_autoscale_mode: (pool) => pool.autoscaleMode,
  eio: (pool) => pool.flags.includes('eio'),
  bulk: (pool) => pool.flags.includes('bulk'),
  allow_ec_optimizations: (pool) => (pool.type === 'erasure' ? pool.flags.includes('ec_optimizations') : undefined),
};

/** The value of one variable; undefined where the pool has none. */
export function poolValue(map: OsdMap, pool: PgPool, key: string): PoolValue | undefined {
  const getter = GETTERS[key];
  return getter === undefined ? pool.options.get(key) : getter(pool, map);
}

/**
 * All variables that are set, in Ceph's order.
 *
 * @ceph src/mon/OSDMonitor.cc preprocess_command "osd pool get" all — exact
 */
export function allPoolValues(map: OsdMap, pool: PgPool): (readonly [key: string, value: PoolValue])[] {
  const out: [string, PoolValue][] = [];
  for (const key of [...Object.keys(GETTERS), ...pool.options.keys()]) {
    const value = poolValue(map, pool, key);
    if (value !== undefined) out.push([key, value]);
  }
  return out;
}
