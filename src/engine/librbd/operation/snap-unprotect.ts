import { CephError, cppStrerror, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdChildren, clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { FEATURE, type ParentImageSpec, type ProtectionStatus } from '../../codec/rbd-types.ts';
import { logError, logged } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';
import { RBD_CHILDREN } from '../object-names.ts';
import { headerChanged, refreshImage } from '../refresh.ts';

const REQUEST = 'librbd::SnapshotUnprotectRequest';

/**
 * ENOENT, EINVAL where it is not protected, EBUSY with format 1 clones in any pool. While the pools are looked
 * through the snapshot is `unprotecting`, so that no clone can slip in.
 *
 * @ceph src/librbd/operation/SnapshotUnprotectRequest.cc — exact, one pool after the other
 */
export function* unprotectSnap(image: ImageCtx, name: string): Task<void> {
  yield* refreshImage(image);
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* lockForOp(image);
  const snap = image.userSnap(name);
  if (snap === undefined) throw new CephError('ENOENT', `snapshot ${name}`);
  if (snap.protection === 'unprotected') throw new CephError('EINVAL', 'snapshot is already unprotected');
  if (!image.has(FEATURE.LAYERING))
    throw logged(image.io.rados, 'ENOSYS', 'librbd::Operations', 'image must support layering');
  yield* journaledOp(image, { type: 'snap-unprotect', name, namespace: snap.namespace }, () => unprotect(image, snap));
}

function* unprotect(image: ImageCtx, snap: ImageSnap): Task<void> {
  yield* setStatus(image, snap.id, 'unprotecting');
  const spec = { pool: image.io.poolId, nspace: '', imageId: image.id, snapId: snap.id };
  try {
    yield* refuseChildren(image, spec);
  } catch (error) {
    yield* setStatus(image, snap.id, 'protected');
    yield* headerChanged(image);
    if (error instanceof CephError) logRefused(image, error);
    throw error;
  }
  yield* setStatus(image, snap.id, 'unprotected');
  yield* headerChanged(image);
}

function logRefused({ io }: ImageCtx, { context, errno }: CephError): void {
  logError(io.rados, REQUEST, context);
  logError(io.rados, REQUEST, `encountered error: ${cppStrerror(errno)}`);
  for (let times = 0; times < 2; times++) logError(io.rados, `*${REQUEST}`, `should_complete_error: ret_val=-${errno}`);
}

function* setStatus(image: ImageCtx, snapId: number, status: ProtectionStatus): Task<void> {
  yield* image.io.exec(image.headerOid, clsRbdSnapshot.setProtectionStatus, { snapId, status });
}

function* refuseChildren(image: ImageCtx, spec: ParentImageSpec): Task<void> {
  const { rados, nspace } = image.io;
  for (const pool of rados.pools()) {
    const children = yield* childrenV1(rados.ioCtx(pool.id, nspace), spec);
    if (children.length === 0) continue;
    const list = `at least ${children.length} child(ren) [${children.join(',')}] in pool '${pool.name}'`;
    throw new CephError('EBUSY', `cannot unprotect: ${list}`);
  }
}

/** Ids of the format 1 clones in that pool. */
export function* childrenV1(io: IoCtx, parent: ParentImageSpec): Task<readonly string[]> {
  try {
    return yield* io.exec(RBD_CHILDREN, clsRbdChildren.get, { parent });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
