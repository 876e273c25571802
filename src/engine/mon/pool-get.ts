import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';

export type PoolValue = string | number | boolean;

/** What `ceph osd pool get` knows, in the order in which `all` lists it. Those that are unset are left out. */
const GETTERS: Readonly<Record<string, (pool: PgPool, map: OsdMap) => PoolValue | undefined>> = {
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
  use_gmt_hitset: () => 1,
  erasure_code_profile: (pool) => (pool.type === 'erasure' ? pool.erasureCodeProfile : undefined),
  fast_read: () => 0,
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
 * @ceph src/mon/OSDMonitor.cc preprocess_command "osd pool get" all — without cache tiers
 */
export function allPoolValues(map: OsdMap, pool: PgPool): (readonly [key: string, value: PoolValue])[] {
  const out: [string, PoolValue][] = [];
  for (const key of [...Object.keys(GETTERS), ...pool.options.keys()]) {
    const value = poolValue(map, pool, key);
    if (value !== undefined) out.push([key, value]);
  }
  return out;
}
