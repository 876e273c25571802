import { coverage, type IntervalSet, intersection, intervalSet, union } from '../base/interval-set.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import type { Monitor } from './monitor.ts';

/** What snapshots of a range would be trimmed once more. */
export interface ForcedSnaps {
  readonly from: number;
  /** The first that is not among them. */
  readonly to: number;
  /** Those that are trimmed already, for good. */
  readonly purged: readonly number[];
  readonly removed: readonly number[];
  /** Those of them that are still there, or may be: OSDs do not survive that. */
  readonly live: readonly number[];
}

/**
 * Snapshots with ids from `lower` up to `upper`, the newest excepted.
 * @ceph src/mon/OSDMonitor.cc prepare_command "osd pool force-remove-snap" — exact
 */
export function snapsToForce(map: OsdMap, pool: PgPool, lower: number, upper: number): ForcedSnaps {
  const to = Math.min(upper, pool.snapSeq);
  const ids = Array.from({ length: Math.max(0, to - lower) }, (_, at) => lower + at);
  const queue = map.removedSnapsQueue.get(pool.id) ?? [];
  const isThere = (id: number): boolean => pool.snaps.some((snap) => snap.id === id);
  // All ids of a pool with snapshots of its own were snapshots; of clients' it is not known which are gone.
  const isPurged = (id: number) => pool.snapMode === 'pool' && id > 0 && !isThere(id) && !contains(queue, id);
  const isLive = (id: number): boolean => (pool.snapMode === 'pool' ? isThere(id) : !contains(queue, id));
  const removed = ids.filter((id) => !isPurged(id));
  return { from: lower, to, purged: ids.filter(isPurged), removed, live: removed.filter(isLive) };
}

function contains(set: IntervalSet, id: number): boolean {
  return coverage(intersection(set, intervalSet(id, 1))) > 0;
}

/** Lets OSDs trim them once more; one epoch, also where there are none. */
export function forceRemoveSnaps(monitor: Monitor, pool: PgPool, snaps: readonly number[]): void {
  monitor.received();
  monitor.publish((map) => {
    const change = { ...pool, lastChange: map.epoch + 1 };
    const old: IntervalSet = map.removedSnapsQueue.get(pool.id) ?? [];
    const queue = snaps.reduce((sum, id) => union(sum, intervalSet(id, 1)), old);
    const removedSnapsQueue =
      snaps.length === 0 ? map.removedSnapsQueue : new Map(map.removedSnapsQueue).set(pool.id, queue);
    return { ...map, pools: new Map(map.pools).set(pool.id, change), removedSnapsQueue };
  }, `snapshots of ${pool.name} removed by force`);
}
