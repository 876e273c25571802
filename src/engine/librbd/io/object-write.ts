import { must } from '../../base/assert.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import { operateAll } from '../../librados/at-once.ts';
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

/** Writes to objects, beside each other where none is to be copied up before; then the map has them all first. */
export function* changeObjects(image: ImageCtx, changes: readonly ObjectChange[]): Task<void> {
  if (changes.length === 1 || !changes.every((change) => isPlainWrite(image, change))) {
    for (const change of changes) yield* changeObject(image, change);
    return;
  }
  const marked = changes.filter(({ updatesMap }) => updatesMap).map(({ objectNo }) => objectNo);
  yield* markExisting(image, marked);
  yield* operateAll(
    image.writeIo,
    changes.map(({ objectNo, ops }) => ({ oid: image.objectName(objectNo), ops })),
  );
}

function isPlainWrite(image: ImageCtx, { objectNo, removes, discards }: ObjectChange): boolean {
  return image.header.migration == null && !removes && !discards && parentExtents(image, objectNo).length === 0;
}

/** Says in the object map that objects are there, run by run. */
export function* markExisting(image: ImageCtx, objectNos: readonly number[]): Task<void> {
  if (image.objectMap === null) return;
  const sorted = [...new Set(objectNos)].sort((a, b) => a - b);
  for (let at = 0; at < sorted.length; ) {
    const start = must(sorted[at], 'object number');
    let end = start;
    for (; sorted[at] === end; at++) end++;
    yield* image.objectMap.update(start, end, OBJECT_STATE.EXISTS);
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
