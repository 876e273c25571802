import { type IntervalSet, subtract } from '../base/interval-set.ts';
import type { Monitor } from './monitor.ts';

/** Takes trimmed snapshots out of the queue; one epoch. Called by the cluster once no OSD holds clones of them. */
export function snapsPurged(monitor: Monitor, poolId: number, snaps: IntervalSet): void {
  if (!monitor.map().pools.has(poolId)) return;
  monitor.publish((map) => {
    const removedSnapsQueue = new Map(map.removedSnapsQueue);
    const left = subtract(removedSnapsQueue.get(poolId) ?? [], snaps);
    if (left.length > 0) removedSnapsQueue.set(poolId, left);
    else removedSnapsQueue.delete(poolId);
    return { ...map, removedSnapsQueue };
  }, 'snapshots trimmed');
}
