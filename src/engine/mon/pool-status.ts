import type { PgPool } from '../osdmap/osd-map.ts';
import type { Monitor } from './monitor.ts';
import { withFlag } from './pool-flags.ts';

/** What a pool stores, copies not counted: what quotas are about. */
export interface PoolContent {
  readonly objects: number;
  readonly bytes: number;
}

/**
 * Marks pools that have reached a quota as full, for clients to hold their writes back, and takes the mark away from
 * those that have not any more. To be called some seconds after something of it has changed.
 * @ceph src/mon/OSDMonitor.cc update_pools_status — exact
 */
export function updatePoolsStatus(monitor: Monitor, contentOf: (pool: PgPool) => PoolContent): void {
  for (const pool of [...monitor.map().pools.values()]) {
    const full = isOutOfQuota(pool, contentOf(pool));
    if (full === pool.flags.includes('full_quota')) continue;
    const mark = (was: PgPool) => withFlag(withFlag(was, 'full_quota', full), 'full', full);
    monitor.publishPool(pool.id, mark, `pool ${pool.name} is ${full ? 'full' : 'no longer full'}: quota`);
  }
}

/** True where the flag of a pool is not what its quotas and its content make it. */
export function isStatusDue(pool: PgPool, content: PoolContent): boolean {
  return isOutOfQuota(pool, content) !== pool.flags.includes('full_quota');
}

function isOutOfQuota({ quotaMaxObjects, quotaMaxBytes }: PgPool, { objects, bytes }: PoolContent): boolean {
  return (quotaMaxObjects > 0 && objects >= quotaMaxObjects) || (quotaMaxBytes > 0 && bytes >= quotaMaxBytes);
}
