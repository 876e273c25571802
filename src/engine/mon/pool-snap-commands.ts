import { isTier } from '../osdmap/cache-modes.ts';
import { done, type MonAnswer, noSuchPool, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { createPoolSnap, findPoolSnap, removePoolSnap } from './snaps.ts';

/** `ceph osd pool mksnap`: unlike `rados mksnap`, a snapshot that is there already is no error. */
export function mksnap(monitor: Monitor, poolName: string, snap: string): MonAnswer {
  const pool = monitor.findPool(poolName);
  if (pool === undefined) return noSuchPool(poolName);
  if (pool.snapMode === 'selfmanaged') return refused('EINVAL', `pool ${poolName} is in unmanaged snaps mode`);
  if (findPoolSnap(pool, snap) !== undefined) return done(`pool ${poolName} snap ${snap} already exists`);
  if (isTier(pool)) return refused('EINVAL', `pool ${poolName} is a cache tier`);
  createPoolSnap(monitor, pool.id, snap);
  return done(`created pool ${poolName} snap ${snap}`);
}

/** `ceph osd pool rmsnap`: a snapshot that is not there is no error. */
export function rmsnap(monitor: Monitor, poolName: string, snap: string): MonAnswer {
  const pool = monitor.findPool(poolName);
  if (pool === undefined) return noSuchPool(poolName);
  if (pool.snapMode === 'selfmanaged') return refused('EINVAL', `pool ${poolName} is in unmanaged snaps mode`);
  if (findPoolSnap(pool, snap) === undefined) return done(`pool ${poolName} snap ${snap} does not exist`);
  removePoolSnap(monitor, pool.id, snap);
  return done(`removed pool ${poolName} snap ${snap}`);
}
