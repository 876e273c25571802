import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdObjectMap, clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { clsRbdOld } from '../../codec/cls-rbd-old-methods.ts';
import { sameSnapshotNamespace } from '../../codec/rbd-snap-codec.ts';
import { FEATURE, type SnapshotNamespace, USER_NAMESPACE } from '../../codec/rbd-types.ts';
import { emitImage } from '../events.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';
import { objectMapName } from '../object-names.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged, refreshImage } from '../refresh.ts';

/** Of ten tries to have the writers hold still, the first is enough here. */
const QUIESCE_ATTEMPTS = 10;

/**
 * Makes a snapshot and answers its id. EEXIST for a name in use, EDQUOT over the limit (an id is used up all the same).
 *
 * @ceph src/librbd/operation/SnapshotCreateRequest.cc — exact, without mirroring
 */
export function* createSnap(
  image: ImageCtx,
  name: string,
  onProgress: OnProgress = NO_PROGRESS,
  namespace: SnapshotNamespace = USER_NAMESPACE,
): Task<number> {
  yield* refreshImage(image);
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* lockForOp(image);
  if (hasSnap(image, name, namespace)) throw new CephError('EEXIST', `snapshot ${name}`);
  yield* acquireLock(image);
  onProgress(1, QUIESCE_ATTEMPTS);
  return yield* journaledOp(image, { type: 'snap-create', name, namespace }, () => addSnap(image, name, namespace));
}

function* addSnap(image: ImageCtx, name: string, namespace: SnapshotNamespace): Task<number> {
  const snapId = yield* image.writeIo.createSelfManagedSnap();
  try {
    if (image.oldFormat) yield* image.io.exec(image.headerOid, clsRbdOld.add, { snapId, name });
    else yield* image.io.exec(image.headerOid, clsRbdSnapshot.add, { snapId, name, namespace });
  } catch (error) {
    yield* image.writeIo.removeSelfManagedSnap(snapId);
    throw error;
  }
  if (image.objectMap !== null) yield* addSnapMap(image, snapId);
  yield* headerChanged(image);
  emitImage(image, { type: 'rbd/snap-created', snapId, snap: name });
  return snapId;
}

function hasSnap({ header }: ImageCtx, name: string, namespace: SnapshotNamespace): boolean {
  return header.snaps.some((snap) => snap.name === name && sameSnapshotNamespace(snap.namespace, namespace));
}

/**
 * The snapshot gets the head's map as it is; in the head's, nothing is new any more.
 *
 * @ceph src/librbd/object_map/SnapshotCreateRequest.cc — exact
 */
function* addSnapMap(image: ImageCtx, snapId: number): Task<void> {
  const head = objectMapName(image.id);
  const data = yield* image.io.read(head);
  yield* image.io.writeFull(objectMapName(image.id, snapId), data);
  if (!image.has(FEATURE.FAST_DIFF)) return;
  yield* image.io.exec(head, clsRbdObjectMap.snapAdd, undefined);
  if (image.objectMap !== null) yield* image.objectMap.reload();
}
