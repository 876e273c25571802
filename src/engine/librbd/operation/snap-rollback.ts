import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { emitImage } from '../events.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { objectCount } from '../io/striper.ts';
import { objectMapName } from '../object-names.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged, refreshImage } from '../refresh.ts';
import { resizeImage } from './resize.ts';
import { tellProgress } from './tell-progress.ts';

/**
 * Makes the head what the snapshot is, its size too. ENOENT.
 *
 * @ceph src/librbd/operation/SnapshotRollbackRequest.cc — exact, one object after the other
 */
export function* rollbackSnap(image: ImageCtx, name: string, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  yield* refreshImage(image);
  if (image.readOnly) throw new CephError('EROFS', image.name);
  const snap = image.userSnap(name);
  if (snap === undefined) throw new CephError('ENOENT', `snapshot ${name}`);
  yield* acquireLock(image);
  if (image.header.size !== snap.size) yield* resizeImage(image, snap.size, true);
  yield* rollbackObjects(image, snap, tellProgress(image, 'rollback', onProgress));
  yield* headerChanged(image);
  emitImage(image, { type: 'rbd/snap-rolled-back', snapId: snap.id, snap: name });
}

function* rollbackObjects(image: ImageCtx, snap: ImageSnap, onProgress: OnProgress): Task<void> {
  const end = objectCount(image.layout, snap.size);
  // The map is brought back before the objects are: objects that only the head has must be asked for before that.
  const inHead = Array.from({ length: end }, (_, no) => image.objectMap === null || image.objectMap.mayExist(no));
  yield* rollbackMap(image, snap);
  for (let no = 0; no < end; no++) {
    onProgress(no, end);
    if (!inHead[no] && !(image.objectMap?.mayExist(no) ?? true)) continue;
    yield* rollbackObject(image, no, snap.id);
  }
}

function* rollbackObject(image: ImageCtx, objectNo: number, snap: number): Task<void> {
  try {
    yield* image.writeIo.operate(image.objectName(objectNo), [{ op: 'rollback', snap }]);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** @ceph src/librbd/object_map/SnapshotRollbackRequest.cc — exact: the stored map is copied as it is */
function* rollbackMap(image: ImageCtx, snap: ImageSnap): Task<void> {
  if (image.objectMap === null) return;
  const data = yield* image.io.read(objectMapName(image.id, snap.id));
  yield* image.io.writeFull(objectMapName(image.id), data);
  yield* image.objectMap.reload();
}
