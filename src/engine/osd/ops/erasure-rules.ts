import { CephError } from '../../base/errno.ts';
import { onlyAppends } from '../erasure/stripe-code.ts';
import type { OpContext } from '../op-context.ts';

/**
 * EOPNOTSUPP for a write that does not go on at the end of a whole stripe, in a pool that only appends.
 * @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_WRITE — exact
 */
export function checkAppends(context: OpContext, off: number): void {
  const { pool, size } = context;
  if (onlyAppends(pool) && (off !== size || off % pool.stripeWidth !== 0)) throw new CephError('EOPNOTSUPP');
}

/** EOPNOTSUPP where an object cannot lose bytes but all of them. @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_ZERO, TRUNCATE — exact */
export function checkShrinks({ pool }: OpContext): void {
  if (onlyAppends(pool)) throw new CephError('EOPNOTSUPP');
}

/** EOPNOTSUPP in an erasure pool: its objects have no omap. @ceph src/osd/osd_types.h pg_pool_t::supports_omap — exact */
export function checkOmap({ pool }: OpContext): void {
  if (pool.type === 'erasure') throw new CephError('EOPNOTSUPP');
}
