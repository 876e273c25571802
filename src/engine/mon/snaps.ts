import { CephError } from '../base/errno.ts';
import { type IntervalSet, intervalSet, subtract, union } from '../base/interval-set.ts';
import { isTier } from '../osdmap/cache-modes.ts';
import type { OsdMap, PgPool, PoolSnap } from '../osdmap/osd-map.ts';
import type { Monitor } from './monitor.ts';
import { withFlag } from './pool-flags.ts';

/** Snapshot ids of pools. A pool is in one snapshot mode for good: its own snapshots, or its clients'. */

/**
 * A new self-managed snapshot id; one epoch. The first of a pool is 2. Throws ENOENT without pool, EINVAL in a pool
 * that has had pool snapshots.
 *
 * @ceph src/osd/osd_types.cc pg_pool_t::add_unmanaged_snap — exact
 */
export function createSelfManagedSnap(monitor: Monitor, poolId: number): number {
  monitor.received();
  const pool = poolOf(monitor, poolId);
  if (pool.snapMode === 'pool') throw new CephError('EINVAL', `pool ${pool.name} is in pool snaps mode`);
  const snap = Math.max(pool.snapSeq, 1) + 1;
  monitor.publishPool(
    poolId,
    (was) => ({ ...withFlag(was, 'selfmanaged_snaps', true), snapMode: 'selfmanaged', snapSeq: snap }),
    `snapshot id ${snap} of ${pool.name}`,
  );
  return snap;
}

/**
 * Says that self-managed snapshots are gone; one epoch. OSDs trim what stands in the queue. Throws as
 * {@link createSelfManagedSnap} does.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_remove_snaps — exact
 */
export function removeSelfManagedSnaps(monitor: Monitor, poolId: number, snaps: IntervalSet): void {
  monitor.received();
  const pool = poolOf(monitor, poolId);
  if (pool.snapMode === 'pool') throw new CephError('EINVAL', `pool ${pool.name} is in pool snaps mode`);
  const gone = subtract(snaps, union(pool.removedSnaps, monitor.map().removedSnapsQueue.get(poolId) ?? []));
  if (gone.length === 0) return;
  const takesId = monitor.context.era.removalTakesId;
  monitor.publish((map) => queued(map, pool, gone, takesId), `snapshots of ${pool.name} removed`);
}

/** A pool snapshot. Throws ENOENT without pool, EINVAL in a self-managed pool or a tier, EEXIST where the name is taken. */
export function createPoolSnap(monitor: Monitor, poolId: number, name: string): void {
  monitor.received();
  const pool = poolOf(monitor, poolId);
  if (pool.snapMode === 'selfmanaged') throw new CephError('EINVAL', `pool ${pool.name} is in selfmanaged snaps mode`);
  if (isTier(pool)) throw new CephError('EINVAL', `pool ${pool.name} is a cache tier`);
  if (findPoolSnap(pool, name) !== undefined) throw new CephError('EEXIST', `snap ${name}`);
  const snap: PoolSnap = { id: pool.snapSeq + 1, name, stamp_us: monitor.context.now_us() };
  monitor.publish((map) => {
    const change: PgPool = {
      ...withFlag(pool, 'pool_snaps', true),
      snapMode: 'pool',
      snapSeq: snap.id,
      snapEpoch: map.epoch + 1,
      snaps: [...pool.snaps, snap],
      lastChange: map.epoch + 1,
    };
    return { ...map, pools: new Map(map.pools).set(poolId, change) };
  }, `pool ${pool.name} snap ${name}`);
}

/** Removes a pool snapshot. Throws ENOENT where there is none of that name. */
export function removePoolSnap(monitor: Monitor, poolId: number, name: string): void {
  monitor.received();
  const pool = poolOf(monitor, poolId);
  if (pool.snapMode === 'selfmanaged') throw new CephError('EINVAL', `pool ${pool.name} is in selfmanaged snaps mode`);
  const snap = findPoolSnap(pool, name);
  if (snap === undefined) throw new CephError('ENOENT', `snap ${name}`);
  monitor.publish((map) => {
    const snaps = pool.snaps.filter(({ id }) => id !== snap.id);
    const next = queued(map, pool, intervalSet(snap.id, 1));
    const change = { ...pool, snaps, snapEpoch: map.epoch + 1, lastChange: map.epoch + 1 };
    return { ...next, pools: new Map(map.pools).set(poolId, change) };
  }, `pool ${pool.name} snap ${name} removed`);
}

export function findPoolSnap(pool: PgPool, name: string): PoolSnap | undefined {
  return pool.snaps.find((snap) => snap.name === name);
}

function queued(map: OsdMap, pool: PgPool, snaps: IntervalSet, takesId = false): OsdMap {
  const queue = union(map.removedSnapsQueue.get(pool.id) ?? [], snaps);
  const pools = takesId ? new Map(map.pools).set(pool.id, { ...pool, snapSeq: pool.snapSeq + 1 }) : map.pools;
  return { ...map, pools, removedSnapsQueue: new Map(map.removedSnapsQueue).set(pool.id, queue) };
}

function poolOf(monitor: Monitor, id: number): PgPool {
  const pool = monitor.map().pools.get(id);
  if (pool === undefined) throw new CephError('ENOENT', `pool ${id}`);
  return pool;
}
