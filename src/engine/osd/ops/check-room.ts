import { CephError } from '../../base/errno.ts';
import { type Onode, objectSize } from '../../os/onode.ts';
import type { OpContext } from '../op-context.ts';

/**
 * Refuses a request that was sent to a full pool all the same and makes it grow: EDQUOT where a quota is reached, ENOSPC
 * where OSDs are full. Others have waited before they were sent.
 * @ceph src/osd/PrimaryLogPG.cc prepare_transaction — exact, but that one which finds the pool full only here goes through
 */
export function checkRoom(context: OpContext, clone: Onode | null): void {
  const { pool, request, before, hoid } = context;
  if (request.fullTry !== true || !pool.flags.includes('full')) return;
  const was = before === null || before.info.whiteout ? null : before;
  const objects = Number(context.exists) - Number(was !== null) + Number(clone !== null);
  const bytes = context.size - (was === null ? 0 : objectSize(was));
  if (objects > 0 || bytes > 0) throw new CephError(pool.flags.includes('full_quota') ? 'EDQUOT' : 'ENOSPC', hoid.oid);
}
