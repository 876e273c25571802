import type { PgPool } from '../osdmap/osd-map.ts';

/** Pool flags with their bits, in the order in which Ceph prints them. */
export const POOL_FLAGS = {
  hashpspool: 1 << 0,
  full: 1 << 1,
  ec_overwrites: 1 << 2,
  incomplete_clones: 1 << 3,
  nodelete: 1 << 4,
  nopgchange: 1 << 5,
  nosizechange: 1 << 6,
  write_fadvise_dontneed: 1 << 7,
  noscrub: 1 << 8,
  'nodeep-scrub': 1 << 9,
  full_quota: 1 << 10,
  nearfull: 1 << 11,
  backfillfull: 1 << 12,
  selfmanaged_snaps: 1 << 13,
  pool_snaps: 1 << 14,
  creating: 1 << 15,
  eio: 1 << 16,
  bulk: 1 << 17,
  crimson: 1 << 18,
  ec_optimizations: 1 << 19,
} as const;

export type PoolFlag = keyof typeof POOL_FLAGS;

const ORDER = Object.keys(POOL_FLAGS);

export function isPoolFlag(name: string): name is PoolFlag {
  return name in POOL_FLAGS;
}

/** The pool with that flag on or off; flags stay in Ceph's order. */
export function withFlag(pool: PgPool, flag: PoolFlag, on: boolean): PgPool {
  const flags = pool.flags.filter((name) => name !== flag);
  if (on) flags.push(flag);
  flags.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  return { ...pool, flags };
}
