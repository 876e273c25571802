import { PLAIN_POOL } from '../../osdmap/extra.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { withFlag } from '../pool-flags.ts';

/**
 * Tiers have the snapshots of their pool: where those have changed they take them over, and what is to be trimmed.
 * @ceph src/osd/OSDMap.cc OSDMap::Incremental::propagate_base_properties_to_tiers — exact
 */
export function withTierSnaps(before: OsdMap, map: OsdMap): OsdMap {
  if (map.pools === before.pools && map.removedSnapsQueue === before.removedSnapsQueue) return map;
  let next = map;
  for (const pool of map.pools.values()) {
    if (pool.extra === undefined || pool.extra.tiers.length === 0) continue;
    for (const id of pool.extra.tiers) {
      const tier = id === pool.id ? undefined : next.pools.get(id);
      if (tier !== undefined) next = withSnapsOf(before, next, pool, tier);
    }
  }
  return next;
}

function withSnapsOf(before: OsdMap, map: OsdMap, base: PgPool, tier: PgPool): OsdMap {
  const gone = map.removedSnapsQueue.get(base.id);
  const queue =
    gone === undefined || gone === before.removedSnapsQueue.get(base.id) || gone === map.removedSnapsQueue.get(tier.id)
      ? map.removedSnapsQueue
      : new Map(map.removedSnapsQueue).set(tier.id, gone);
  const isNew =
    tier.snapSeq !== base.snapSeq ||
    tier.snaps !== base.snaps ||
    tier.snapMode !== base.snapMode ||
    tier.snapEpoch !== base.snapEpoch;
  if (!isNew && queue === map.removedSnapsQueue) return map;
  const pools = isNew ? new Map(map.pools).set(tier.id, takenOver(base, tier, map.epoch + 1)) : map.pools;
  return { ...map, pools, removedSnapsQueue: queue };
}

function takenOver(base: PgPool, tier: PgPool, epoch: number): PgPool {
  const { snapMode, snapSeq, snapEpoch, snaps, removedSnaps } = base;
  const { snapRests_ns } = base.extra ?? PLAIN_POOL;
  const flagged =
    snapMode === 'none' ? tier : withFlag(tier, snapMode === 'pool' ? 'pool_snaps' : 'selfmanaged_snaps', true);
  const extra = { ...(tier.extra ?? PLAIN_POOL), snapRests_ns };
  return { ...flagged, snapMode, snapSeq, snapEpoch, snaps, removedSnaps, extra, lastChange: epoch };
}
