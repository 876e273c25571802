import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdObjectMap, clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { clsRbdOld } from '../../codec/cls-rbd-old-methods.ts';
import { FEATURE, FLAG } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { logged } from '../../librados/error-log.ts';
import { emitImage } from '../events.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';
import { removeMirrorState } from '../mirror/image-state.ts';
import { invalidateMap } from '../object-map.ts';
import { objectMapName } from '../object-names.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged, refreshImage } from '../refresh.ts';
import { detachChild } from './detach-child.ts';

/**
 * Removes a user snapshot; with format 2 clones it moves to the trash namespace. ENOENT, EBUSY while it is protected.
 *
 * @ceph src/librbd/Operations.cc snap_remove — exact
 */
export function* removeSnap(image: ImageCtx, name: string, _onProgress: OnProgress = NO_PROGRESS): Task<void> {
  yield* refreshImage(image);
  yield* lockForOp(image);
  const snap = image.userSnap(name);
  if (snap === undefined) throw new CephError('ENOENT', `snapshot ${name}`);
  if (snap.protection !== 'unprotected')
    throw logged(image.io.rados, 'EBUSY', 'librbd::Operations', 'snapshot is protected');
  yield* removeSnapById(image, snap.id);
}

/**
 * Removes a snapshot of any namespace. ENOENT; EBUSY for a trashed one that clones hang on.
 *
 * @ceph src/librbd/operation/SnapshotRemoveRequest.cc — exact, but that a trashed snapshot which clones still read
 * through keeps the image with its parent
 */
export function* removeSnapById(image: ImageCtx, snapId: number): Task<void> {
  if (image.readOnly) throw new CephError('EROFS', image.name);
  if (image.has(FEATURE.FAST_DIFF)) yield* acquireLock(image);
  const snap = image.snapById(snapId);
  if (snap === undefined) throw new CephError('ENOENT', `snapshot ${snapId}`);
  const { name, namespace } = snap;
  yield* journaledOp(image, { type: 'snap-remove', name, namespace }, () => dropSnap(image, snap));
}

function* dropSnap(image: ImageCtx, snap: ImageSnap): Task<void> {
  if (image.oldFormat) yield* removeOldSnap(image, snap);
  else yield* removeNewSnap(image, snap);
  yield* headerChanged(image);
  emitImage(image, { type: 'rbd/snap-removed', snapId: snap.id, snap: snap.name });
}

function* removeOldSnap(image: ImageCtx, { id, name }: ImageSnap): Task<void> {
  yield* image.writeIo.removeSelfManagedSnap(id);
  yield* image.io.exec(image.headerOid, clsRbdOld.remove, { name });
}

function* removeNewSnap(image: ImageCtx, snap: ImageSnap): Task<void> {
  const snapId = snap.id;
  const trashed = snap.namespace.type === 'trash';
  if (!trashed && !image.io.rados.port.era.oldHeaders) yield* moveToTrash(image, snapId);
  const { childCount } = yield* image.io.exec(image.headerOid, clsRbdSnapshot.get, { snapId });
  if (childCount > 0) {
    if (trashed) throw new CephError('EBUSY', `snapshot ${snapId} has clones`);
  } else {
    if (isLastLink(image, snap)) yield* detachChild(image);
    if (image.objectMap !== null) yield* removeSnapMap(image, snap);
    if (snap.namespace.type === 'mirror') yield* removeMirrorState(image, snapId);
    yield* image.writeIo.removeSelfManagedSnap(snapId);
    yield* image.io.exec(image.headerOid, clsRbdSnapshot.remove, { snapId });
  }
}

function* moveToTrash(image: ImageCtx, snapId: number): Task<void> {
  try {
    yield* image.io.exec(image.headerOid, clsRbdSnapshot.trashAdd, { snapId });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
}

/** True where this snapshot alone still reads through to the parent. */
function isLastLink(image: ImageCtx, snap: ImageSnap): boolean {
  if (snap.parentOverlap === null || image.header.parentOverlap !== null) return false;
  return !image.header.snaps.some(({ id, parentOverlap }) => id !== snap.id && parentOverlap !== null);
}

/**
 * What the removed snapshot's map calls new is new in the next one now.
 *
 * @ceph src/librbd/object_map/SnapshotRemoveRequest.cc — exact
 */
function* removeSnapMap(image: ImageCtx, snap: ImageSnap): Task<void> {
  if (image.has(FEATURE.FAST_DIFF)) yield* mergeIntoNext(image, snap);
  try {
    yield* image.io.remove(objectMapName(image.id, snap.id));
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

function* mergeIntoNext(image: ImageCtx, snap: ImageSnap): Task<void> {
  const next = image.header.snaps.find(({ id }) => id > snap.id);
  if ((snap.flags & FLAG.OBJECT_MAP_INVALID) !== 0) {
    yield* invalidateMap(image, next?.id ?? NOSNAP);
    return;
  }
  try {
    const map = yield* image.io.exec(objectMapName(image.id, snap.id), clsRbdObjectMap.load, undefined);
    yield* image.io.exec(objectMapName(image.id, next?.id), clsRbdObjectMap.snapRemove, { map });
    if (next === undefined && image.objectMap !== null) yield* image.objectMap.reload();
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    // Without a map of its own, it was merged by a removal that was stopped.
    if (error.is('ENOENT')) return;
    yield* invalidateMap(image, next?.id ?? NOSNAP);
  }
}
