import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';

/** True for a pool that is not yet what was asked for. */
export function isOnItsWay(pool: PgPool): boolean {
  return pool.pgNum !== pool.pgNumTarget || pool.pgpNum !== pgpNumWanted(pool) || isMergePending(pool);
}

/** True while PGs get ready to merge. */
export function isMergePending({ pgNum, pgNumPending = pgNum }: PgPool): boolean {
  return pgNumPending < pgNum;
}

/** The pgp_num that a pool is on its way to: never beyond its PGs. */
export function pgpNumWanted({ pgNum, pgNumPending = pgNum, pgpNumTarget }: PgPool): number {
  return Math.min(pgNumPending, pgpNumTarget);
}

/**
 * The map with pools that its epoch changed at their targets at once: for a map alone, where no data has to move first.
 * The same map where no pool is on its way.
 */
export function atTargets(map: OsdMap): OsdMap {
  const moved = [...map.pools.values()].filter((pool) => pool.lastChange === map.epoch && isOnItsWay(pool));
  if (moved.length === 0) return map;
  const pools = new Map(map.pools);
  for (const pool of moved) {
    const { pgNumTarget: pgNum, pgpNumTarget } = pool;
    pools.set(pool.id, { ...pool, pgNum, pgNumPending: pgNum, pgpNum: Math.min(pgNum, pgpNumTarget) });
  }
  return { ...map, pools };
}
