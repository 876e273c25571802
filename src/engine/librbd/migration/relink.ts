import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdChildren, clsRbdParent } from '../../codec/cls-rbd-methods.ts';
import type { ChildImageSpec } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { notifyHeaderChanged } from '../handles.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { headerName, RBD_CHILDREN } from '../object-names.ts';
import { childrenV2 } from '../operation/children.ts';
import { addGroupImage } from '../operation/group-image-add.ts';
import { removeGroupImage } from '../operation/group-image-remove.ts';
import { groupOfImage } from '../operation/image-group.ts';
import { childrenV1 } from '../operation/snap-unprotect.ts';

/**
 * Clones of one image's snapshots become clones of another's snapshots of the same names.
 *
 * @ceph src/librbd/api/Migration.cc relink_children, relink_child — exact
 */
export function* relinkChildren(from: ImageCtx, to: ImageCtx): Task<void> {
  for (const snap of from.header.snaps) {
    const target = to.userSnap(snap.name);
    if (snap.namespace.type !== 'user' || target === undefined) continue;
    const { rados, nspace } = from.io;
    for (const { id: pool } of rados.pools()) {
      const io = rados.ioCtx(pool, nspace);
      const parent = { pool: from.io.poolId, nspace: '', imageId: from.id, snapId: snap.id };
      for (const imageId of yield* childrenV1(io, parent)) {
        const child = { pool, nspace, imageId };
        const next = { pool: to.io.poolId, nspace: '', imageId: to.id, snapId: target.id };
        yield* tolerant('EEXIST', io.exec(RBD_CHILDREN, clsRbdChildren.add, { parent: next, childId: imageId }));
        yield* attach(to, target.id, child);
        yield* tolerant('ENOENT', io.exec(RBD_CHILDREN, clsRbdChildren.remove, { parent, childId: imageId }));
      }
    }
    for (const child of yield* childrenV2(from, snap.id)) {
      yield* tolerant('EEXIST', to.io.exec(to.headerOid, clsRbdChildren.attach, { snapId: target.id, child }));
      yield* attach(to, target.id, child);
      yield* tolerant('ENOENT', from.io.exec(from.headerOid, clsRbdChildren.detach, { snapId: snap.id, child }));
    }
  }
}

/** The child's link; its overlap stays. */
function* attach(to: ImageCtx, snapId: number, child: ChildImageSpec): Task<void> {
  const io = to.io.rados.ioCtx(child.pool, child.nspace);
  const header = headerName(child.imageId);
  const overlap = yield* io.exec(header, clsRbdParent.overlapGet, { snapId: NOSNAP });
  const parent = { pool: to.io.poolId, nspace: to.io.nspace, imageId: to.id, snapId };
  if (overlap !== null) yield* io.exec(header, clsRbdParent.attach, { parent, overlap, reattach: true });
  notifyHeaderChanged(io, header);
}

/** The one image takes the other's place in its group. @ceph src/librbd/api/Migration.cc update_group — exact */
export function* moveGroup(from: ImageCtx, to: ImageCtx): Task<void> {
  const group = yield* groupOfImage(from);
  if (group === null) return;
  const io = from.io.rados.ioCtx(group.poolName, group.nspace);
  yield* removeGroupImage(io, group.name, from.io, { id: from.id });
  yield* addGroupImage(io, group.name, to.io, to.name);
}

function* tolerant(errno: 'EEXIST' | 'ENOENT', task: Task<unknown>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!isErrno(error, errno)) throw error;
  }
}
