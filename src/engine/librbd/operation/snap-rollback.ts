import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { bitAt, fillBits, makeBitVector } from '../../codec/bit-vector.ts';
import { clsRbdObjectMap } from '../../codec/cls-rbd-methods.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import { operateAll } from '../../librados/at-once.ts';
import { logged } from '../../librados/error-log.ts';
import { emitImage } from '../events.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { rounds, steps } from '../io/rounds.ts';
import { objectCount } from '../io/striper.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';
import { objectMapName } from '../object-names.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged, refreshImage } from '../refresh.ts';
import { resizeImage } from './resize.ts';
import { tellProgress } from './tell-progress.ts';

/**
 * Makes the head what the snapshot is, its size too. ENOENT.
 *
 * @ceph src/librbd/operation/SnapshotRollbackRequest.cc — exact in what is stored at the end
 */
export function* rollbackSnap(image: ImageCtx, name: string, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  yield* refreshImage(image);
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* lockForOp(image);
  const snap = image.userSnap(name);
  if (snap === undefined) throw logged(image.io.rados, 'ENOENT', 'librbd::Operations', 'No such snapshot found.');
  yield* rollbackToSnap(image, snap, onProgress);
}

/** The same for a snapshot of any namespace. */
export function* rollbackToSnap(image: ImageCtx, snap: ImageSnap, onProgress: OnProgress): Task<void> {
  yield* acquireLock(image);
  const { name, namespace } = snap;
  yield* journaledOp(image, { type: 'snap-rollback', name, namespace }, () => rollBack(image, snap, onProgress));
}

function* rollBack(image: ImageCtx, snap: ImageSnap, onProgress: OnProgress): Task<void> {
  if (image.header.size !== snap.size) yield* resizeImage(image, snap.size, true);
  yield* rollbackObjects(image, snap, tellProgress(image, 'rollback', onProgress));
  yield* headerChanged(image);
  emitImage(image, { type: 'rbd/snap-rolled-back', snapId: snap.id, snap: snap.name });
}

/**
 * While objects are rolled back the map of the head has all that is in the head or in the snapshot, so that a run
 * that is stopped leaves no object that the map does not know.
 */
function* rollbackObjects(image: ImageCtx, snap: ImageSnap, onProgress: OnProgress): Task<void> {
  const end = objectCount(image.layout, snap.size);
  yield* uniteMaps(image, snap);
  let done = 0;
  const tellOne = () => onProgress(done++, end);
  for (const round of rounds(image, steps(0, end))) {
    const there = round.filter((no) => image.objectMap?.mayExist(no) !== false);
    const ops: OsdOp[] = [{ op: 'rollback', snap: snap.id }];
    yield* operateAll(
      image.writeIo,
      there.map((no) => ({ oid: image.objectName(no), ops })),
      tellOne,
    );
    for (let absent = there.length; absent < round.length; absent++) tellOne();
  }
  yield* rollbackMap(image, snap);
}

function* uniteMaps(image: ImageCtx, snap: ImageSnap): Task<void> {
  const { objectMap } = image;
  if (objectMap === null) return;
  const old = yield* image.io.exec(objectMapName(image.id, snap.id), clsRbdObjectMap.load, undefined);
  const map = makeBitVector(objectMap.size);
  for (let no = 0; no < map.size; no++) {
    const inSnap = no < old.size && bitAt(old, no) !== OBJECT_STATE.NONEXISTENT;
    const head = objectMap.state(no);
    const state = inSnap && head === OBJECT_STATE.NONEXISTENT ? OBJECT_STATE.EXISTS : head;
    fillBits(map.bytes, no, no + 1, state);
  }
  yield* image.io.exec(objectMapName(image.id), clsRbdObjectMap.save, { map });
  yield* objectMap.reload();
}

/** @ceph src/librbd/object_map/SnapshotRollbackRequest.cc — exact: the stored map is copied as it is */
function* rollbackMap(image: ImageCtx, snap: ImageSnap): Task<void> {
  if (image.objectMap === null) return;
  const data = yield* image.io.read(objectMapName(image.id, snap.id));
  yield* image.io.writeFull(objectMapName(image.id), data);
  yield* image.objectMap.reload();
}
