import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdChildren, clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { OP_FEATURE, type ParentImageSpec } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { headerName, RBD_CHILDREN } from '../object-names.ts';
import { withImage } from '../open.ts';
import { removeSnapById } from './snap-remove.ts';
import { getTrashEntry, removeFromTrash } from './trash.ts';

/**
 * Strikes a clone from its parent's list of children. The last clone of a trashed snapshot takes that with it, and an image that waits in the trash for this.
 *
 * @ceph src/librbd/image/DetachChildRequest.cc — exact
 */
export function* detachChild(image: ImageCtx): Task<void> {
  const { parentSpec, opFeatures } = image.header;
  if (parentSpec === null) return;
  if ((opFeatures & OP_FEATURE.CLONE_CHILD) === 0) yield* detachV1(image, parentSpec);
  else yield* detachV2(image, parentSpec);
}

function* detachV1(image: ImageCtx, parent: ParentImageSpec): Task<void> {
  const input = { parent: { ...parent, nspace: '' }, childId: image.id };
  try {
    yield* image.io.exec(RBD_CHILDREN, clsRbdChildren.remove, input);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

function* detachV2(image: ImageCtx, { pool, nspace, imageId, snapId }: ParentImageSpec): Task<void> {
  const io = image.io.rados.ioCtx(pool, nspace);
  const child = { pool: image.io.poolId, nspace: image.io.nspace, imageId: image.id };
  try {
    yield* io.exec(headerName(imageId), clsRbdChildren.detach, { snapId, child });
    const snap = yield* io.exec(headerName(imageId), clsRbdSnapshot.get, { snapId });
    if (snap.namespace.type !== 'trash' || snap.childCount > 0) return;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  const left = yield* withImage(io, { id: imageId }, { skipParent: true }, function* (parent) {
    yield* removeSnapById(parent, snapId);
    return parent.header.snaps.length;
  });
  if (left === 0 && (yield* waitsForLastChild(io, imageId))) yield* removeFromTrash(io, imageId, false);
}

/** True for an image that was moved to the trash until its last clone goes. */
function* waitsForLastChild(io: IoCtx, id: string): Task<boolean> {
  try {
    const { source, state, defermentEnd_us } = (yield* getTrashEntry(io, id)).spec;
    return source === 'user-parent' && state === 'normal' && defermentEnd_us <= io.rados.now_us();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}
