import { CephError } from '../../base/errno.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { withDigest, withManifest } from '../../os/onode.ts';
import type { OpContext } from '../op-context.ts';

/** All that an object is, taken over from another: it stands for itself then. @ceph src/osd/PrimaryLogPG.cc finish_copyfrom — exact */
export function copyFrom(context: OpContext, { source }: Extract<OsdOp, { op: 'copy-from' }>): void {
  const { data, xattrs, omap, omapHeader, dataDigest } = source;
  if (context.pool.type === 'erasure' && (omap.size > 0 || omapHeader.length > 0)) throw new CephError('EOPNOTSUPP');
  context.touchRange(0, Math.max(context.size, data.length));
  const head = context.writable();
  context.writtenBytes += data.length;
  context.set({
    ...head,
    data,
    xattrs,
    omap,
    omapHeader,
    info: withManifest(withDigest(head.info, dataDigest), undefined),
  });
}

/** What only a cache does. @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_CACHE_FLUSH, CACHE_EVICT — exact for other pools */
export function noCache({ hoid, exists }: OpContext): never {
  throw new CephError(exists ? 'EINVAL' : 'ENOENT', `${hoid.oid}: the pool is no cache`);
}
