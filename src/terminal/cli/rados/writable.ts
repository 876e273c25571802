import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OsdOp } from '../../../engine/codec/osd-op.ts';
import { NOSNAP } from '../../../engine/codec/snap.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';

/**
 * Runs operations that write, at a time of the client's choice or now. Throws EROFS where a snapshot is selected.
 * @ceph src/librados/IoCtxImpl.cc IoCtxImpl::operate — "can't write to a snapshot", exact
 */
export function* writeOps(io: IoCtx, oid: string, ops: readonly OsdOp[], mtime_us?: number): Task<void> {
  if (io.readSnap !== NOSNAP) throw new CephError('EROFS', oid);
  yield* io.operate(oid, ops, mtime_us);
}
