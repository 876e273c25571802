import { PLAIN_POOL, type PoolExtra } from './extra.ts';
import type { PgPool } from './osd-map.ts';

/** Cache modes by number, by the names that dumps have. @ceph src/osd/osd_types.h pg_pool_t::get_cache_mode_name */
export const CACHE_MODES = ['none', 'writeback', 'forward', 'readonly', 'readforward', 'readproxy', 'proxy'] as const;

export type CacheMode = (typeof CACHE_MODES)[number];

export function cacheModeName(mode: number): CacheMode | 'unknown' {
  return CACHE_MODES[mode] ?? 'unknown';
}

/** The number of a mode; -1 of none. */
export function cacheModeNumber(name: string): number {
  const names: readonly string[] = CACHE_MODES;
  return names.indexOf(name);
}

/** What a pool has to do with tiers, where it says nothing of its own: nothing. */
export function tiering(pool: PgPool): PoolExtra {
  return pool.extra ?? PLAIN_POOL;
}

export function isTier(pool: PgPool): boolean {
  return (pool.extra?.tierOf ?? -1) >= 0;
}

/** A pool with some of it changed. */
export function withTiering(pool: PgPool, change: Partial<PoolExtra>): PgPool {
  return { ...pool, extra: { ...tiering(pool), ...change } };
}
