import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { changeMigrated, isOfSource } from '../migration/object-change.ts';
import { copyup } from './copyup.ts';
import { type ObjectChange, parentExtents, preWriteState } from './object-change.ts';

/**
 * Changes an object: in the object map first, then in the object itself. Where the object is not there and hides a
 * parent's, that one is copied up before.
 *
 * @ceph src/librbd/io/ObjectRequest.cc AbstractObjectWriteRequest — exact, without migration
 */
export function* changeObject(image: ImageCtx, change: ObjectChange): Task<void> {
  const { objectNo } = change;
  const { migration } = image.header;
  if (migration != null && isOfSource(image, migration, objectNo)) {
    yield* changeMigrated(image, migration, change);
    return;
  }
  const map = change.updatesMap ? image.objectMap : null;
  const extents = parentExtents(image, objectNo);
  const mayExist = image.objectMap === null || image.objectMap.mayExist(objectNo);
  const copies = extents.length > 0 && !(change.fullObject && image.header.snapc.seq === 0);
  if (!mayExist && change.discards && extents.length === 0) return;
  if (map !== null && !mayExist && copies) {
    yield* copyup(image, change, extents);
  } else {
    if (map !== null) yield* map.update(objectNo, objectNo + 1, preWriteState(change));
    if (!(yield* writeObject(image, change, copies)) && copies) yield* copyup(image, change, extents);
  }
  if (change.removes && map !== null) {
    yield* map.update(objectNo, objectNo + 1, OBJECT_STATE.NONEXISTENT, OBJECT_STATE.PENDING);
  }
}

/** False where the object is not there. With `guarded`, it must be. */
function* writeObject(image: ImageCtx, change: ObjectChange, guarded: boolean): Task<boolean> {
  const ops: readonly OsdOp[] = guarded ? [{ op: 'assert-exists' }, ...change.ops] : change.ops;
  try {
    yield* image.writeIo.operate(image.objectName(change.objectNo), ops);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}
