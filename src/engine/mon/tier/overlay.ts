import { tiering, withTiering } from '../../osdmap/cache-modes.ts';
import { done, type MonAnswer, noSuchPool, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { publishPools, resent, withTierPools } from './tier-pools.ts';

/** `ceph osd tier set-overlay`. @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd tier set-overlay" — exact */
export function setOverlay(monitor: Monitor, poolName: string, tierName: string): MonAnswer {
  return withTierPools(monitor, poolName, tierName, ({ base, tier }) => {
    const { tiers, readTier } = tiering(base);
    const text = `overlay for '${base.name}' is now (or already was) '${tier.name}'`;
    if (!tiers.includes(tier.id)) return refused('EINVAL', `tier pool '${tier.name}' is not a tier of '${base.name}'`);
    if (readTier === tier.id) return done(text);
    const other = monitor.map().pools.get(readTier);
    if (other !== undefined)
      return refused('EINVAL', `pool '${base.name}' has overlay '${other.name}'; please remove-overlay first`);
    const overlay = { readTier: tier.id, writeTier: tier.id };
    publishPools(monitor, `clients of ${base.name} ask ${tier.name}`, [
      [base.id, (pool, epoch) => resent(withTiering(pool, overlay), epoch)],
      [tier.id, (pool, epoch) => resent(withTiering(pool, {}), epoch)],
    ]);
    const idle = tiering(tier).cacheMode === 0;
    return done(`${text}${idle ? ' (WARNING: overlay pool cache_mode is still NONE)' : ''}`);
  });
}

/** `ceph osd tier rm-overlay`. @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd tier rm-overlay" — exact */
export function removeOverlay(monitor: Monitor, poolName: string): MonAnswer {
  monitor.received();
  const base = monitor.findPool(poolName);
  if (base === undefined) return noSuchPool(poolName);
  const gone = done(`there is now (or already was) no overlay for '${base.name}'`);
  const { readTier, writeTier } = tiering(base);
  if (readTier < 0) return gone;
  publishPools(monitor, `clients of ${base.name} ask the pool itself`, [
    [readTier, resent],
    [writeTier, resent],
    [base.id, (pool, epoch) => resent(withTiering(pool, { readTier: -1, writeTier: -1 }), epoch)],
  ]);
  return gone;
}
