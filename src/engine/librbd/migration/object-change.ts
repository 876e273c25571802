import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { clsRbdAssert } from '../../codec/rbd-migration-methods.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import { call } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { type ObjectChange, preWriteState } from '../io/object-change.ts';
import { objectCount } from '../io/striper.ts';
import type { MigrationInfo } from './migration-info.ts';
import { copyObject } from './object-copy.ts';

/** True where a change of that object must see first to what the source has of it. */
export function isOfSource(image: ImageCtx, info: MigrationInfo, objectNo: number): boolean {
  return objectNo < objectCount(image.layout, info.overlap);
}

/**
 * Changes an object of an image that is migrated into. An object that was not written under the newest snapshot yet
 * may not have all of the source's states: these are copied before.
 *
 * @ceph src/librbd/io/ObjectRequest.cc AbstractObjectWriteRequest::write_object (guarding_migration_write),
 * CopyupRequest.cc deep_copy — exact
 */
export function* changeMigrated(image: ImageCtx, info: MigrationInfo, change: ObjectChange): Task<void> {
  const { objectNo } = change;
  if (!(yield* writeGuarded(image, change))) {
    yield* copyObject(image, info, objectNo, !change.removes);
    if (!change.empty) {
      yield* mark(image, change);
      yield* tolerant(image.writeIo.operate(image.objectName(objectNo), change.ops));
    }
  }
  if (change.removes && change.updatesMap && image.objectMap !== null) {
    yield* image.objectMap.update(objectNo, objectNo + 1, OBJECT_STATE.NONEXISTENT, OBJECT_STATE.PENDING);
  }
}

/** False where the object is not there, or is older than the newest snapshot. */
function* writeGuarded(image: ImageCtx, change: ObjectChange): Task<boolean> {
  if (image.objectMap !== null && !image.objectMap.mayExist(change.objectNo)) return false;
  const guard = call(clsRbdAssert.snapcSeq, { seq: image.header.snapc.seq, state: 'le' } as const);
  const ops: OsdOp[] = [guard, ...(change.empty ? [] : change.ops)];
  if (!change.empty) yield* mark(image, change);
  try {
    yield* image.writeIo.operate(image.objectName(change.objectNo), ops);
    return true;
  } catch (error) {
    if (isErrno(error, 'ERANGE') || isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

function* mark(image: ImageCtx, change: ObjectChange): Task<void> {
  const { objectNo } = change;
  if (change.updatesMap && image.objectMap !== null) {
    yield* image.objectMap.update(objectNo, objectNo + 1, preWriteState(change));
  }
}

/** A change may find that there is nothing to change. */
function* tolerant(task: Task<unknown>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
