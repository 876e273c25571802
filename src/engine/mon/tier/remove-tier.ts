import { isTier, tiering, withTiering } from '../../osdmap/cache-modes.ts';
import { PLAIN_POOL } from '../../osdmap/extra.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { publishPools, withTierPools } from './tier-pools.ts';

/** `ceph osd tier rm`. @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd tier rm" — exact */
export function removeTier(monitor: Monitor, poolName: string, tierName: string): MonAnswer {
  return withTierPools(monitor, poolName, tierName, ({ base, tier }) => {
    const gone = done(`pool '${tier.name}' is now (or already was) not a tier of '${base.name}'`);
    const { tiers, readTier } = tiering(base);
    if (!tiers.includes(tier.id)) return gone;
    if (readTier === tier.id)
      return refused(
        'EBUSY',
        `tier pool '${tier.name}' is the overlay for '${base.name}'; please remove-overlay first`,
      );
    publishPools(monitor, `pool ${tier.name} is no tier of ${base.name}`, [
      [base.id, (pool) => withTiering(pool, { tiers: tiering(pool).tiers.filter((id) => id !== tier.id) })],
      [tier.id, clearTier],
    ]);
    return gone;
  });
}

/** What it kept as a cache goes, but for how often and how long ago objects must have been used. */
const CLEARED = {
  ...{ tierOf: -1, readTier: -1, writeTier: -1, cacheMode: 0, targetMaxBytes: 0, targetMaxObjects: 0 },
  ...{ cacheTargetDirtyRatio_micro: 0, cacheTargetDirtyHighRatio_micro: 0, cacheTargetFullRatio_micro: 0 },
  ...{ hitSet: PLAIN_POOL.hitSet, hitSetPeriod_s: 0, hitSetCount: 0 },
  ...{ hitSetGradeDecayRate: 0, hitSetSearchLastN: 0 },
};

/** @ceph src/osd/osd_types.h pg_pool_t::clear_tier — exact */
function clearTier(pool: PgPool): PgPool {
  return withTiering(pool, CLEARED);
}

/** Why a pool cannot be removed for its tiers; undefined where it can. @ceph src/mon/OSDMonitor.cc _check_remove_pool — exact */
export function heldByTiers({ pools }: OsdMap, pool: PgPool): MonAnswer | undefined {
  const nameOf = (id: number) => pools.get(id)?.name ?? '';
  const { tierOf, tiers } = tiering(pool);
  if (isTier(pool)) return refused('EBUSY', `pool '${pool.name}' is a tier of '${nameOf(tierOf)}'`);
  if (tiers.length === 0) return undefined;
  return refused('EBUSY', `pool '${pool.name}' has tiers ${tiers.map(nameOf).join(' ')}`);
}
