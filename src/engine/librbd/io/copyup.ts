import { must } from '../../base/assert.ts';
import { type Data, isZeroData, NO_DATA, truncateData } from '../../base/data.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdData, clsRbdObjectMap } from '../../codec/cls-rbd-methods.ts';
import { FEATURE, OBJECT_STATE } from '../../codec/rbd-types.ts';
import { NO_SNAPC } from '../../codec/snap.ts';
import { operateAll } from '../../librados/at-once.ts';
import { call } from '../../librados/io-ctx.ts';
import { sealCopy } from '../crypto/object-crypto.ts';
import { emitImage, imageSpec, isTraced } from '../events.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { objectMapName } from '../object-names.ts';
import { type ObjectChange, parentExtents, preWriteState } from './object-change.ts';
import { readExtents } from './object-read.ts';
import { readAll } from './read-all.ts';

import { type ImageExtent, objectCount } from './striper.ts';

/**
 * Copies the parent's data into an object that the clone does not have yet, and applies a change to it. Where the
 * clone has snapshots, the copy is written as if before the oldest of them, so that all of them see it; the
 * change then makes the object's clone for them.
 *
 * @ceph src/librbd/io/CopyupRequest.cc — exact, without migration and copy-on-read
 */
export function* copyup(image: ImageCtx, change: ObjectChange, extents: readonly ImageExtent[]): Task<void> {
  const data = yield* readParentData(image, change.objectNo, extents);
  const zero = isZeroData(data);
  if (zero && change.empty && !image.io.rados.port.era.flattenLeavesEmpty) return;
  yield* updateMaps(image, change, zero);
  yield* writeCopy(image, change, zero ? NO_DATA : data);
}

/** The parent's data up to its last stored byte, encrypted as the image is; what is not stored stays a hole. */
export function* readParentData(image: ImageCtx, objectNo: number, extents: readonly ImageExtent[]): Task<Data> {
  if (image.parent === null) return NO_DATA;
  return sealed(image, objectNo, yield* readExtents(image.parent, extents, 1));
}

/** The same for objects beside each other. */
export function* readParentObjects(image: ImageCtx, objectNos: readonly number[]): Task<readonly Data[]> {
  if (image.parent === null) return objectNos.map(() => NO_DATA);
  const groups = objectNos.map((no) => parentExtents(image, no));
  const read = yield* readAll(image.parent, groups, 1);
  return objectNos.map((no, at) => sealed(image, no, read[at] ?? NO_DATA));
}

function sealed(image: ImageCtx, objectNo: number, data: Data): Data {
  const last = data.extents.at(-1);
  return sealCopy(image, objectNo, truncateData(data, last === undefined ? 0 : last.off + last.len));
}

/** Writes the copy and the change; `data` is empty where the parent has nothing but zeros. */
export function* writeCopy(image: ImageCtx, change: ObjectChange, data: Data): Task<void> {
  const oid = image.objectName(change.objectNo);
  const io = image.writeIo;
  const copy = call(clsRbdData.sparseCopyup, { data });
  const belowSnaps = io.snapc.snaps.length > 0 && data.length > 0;
  if (belowSnaps) yield* tolerant(io.withSnapContext(NO_SNAPC).operate(oid, [copy]));
  yield* tolerant(io.operate(oid, belowSnaps ? change.ops : [copy, ...change.ops]));
  noteCopy(image, change, data);
}

/** The same for objects beside each other, of an image without snapshots; `onCopied` is called for each. */
export function* writeCopies(
  image: ImageCtx,
  copies: readonly (readonly [ObjectChange, Data])[],
  onCopied: () => void,
): Task<void> {
  const writes = copies.map(([{ objectNo, ops }, data]) => {
    const copy = call(clsRbdData.sparseCopyup, { data });
    return { oid: image.objectName(objectNo), ops: [copy, ...ops] };
  });
  yield* operateAll(image.writeIo, writes, (at) => {
    const [change, data] = must(copies[at], 'a copy');
    noteCopy(image, change, data);
    onCopied();
  });
}

function noteCopy(image: ImageCtx, change: ObjectChange, data: Data): void {
  image.io.rados.port.cost.copyups++;
  if (!isTraced(image)) return;
  const parent = image.parent === null ? '' : imageSpec(image.parent);
  emitImage(image, { type: 'rbd/copied-up', objectNo: change.objectNo, parent, bytes: data.length });
}

/** The first snapshot has the object as changed, later ones as unchanged since; then the head. */
export function* updateMaps(image: ImageCtx, change: ObjectChange, zero: boolean): Task<void> {
  if (image.objectMap === null) return;
  const { objectNo } = change;
  let state: number = OBJECT_STATE.EXISTS;
  for (const snap of zero ? [] : image.header.snaps) {
    if (objectNo < objectCount(image.layout, snap.size)) yield* updateSnapMap(image, snap.id, objectNo, state);
    if (image.has(FEATURE.FAST_DIFF)) state = OBJECT_STATE.EXISTS_CLEAN;
  }
  // Also for a change that leaves the map to its caller: from here on the object is there, until the change removes it.
  yield* image.objectMap.update(objectNo, objectNo + 1, preWriteState(change));
}

function* updateSnapMap(image: ImageCtx, snapId: number, objectNo: number, newState: number): Task<void> {
  const input = { start: objectNo, end: objectNo + 1, newState, currentState: null };
  yield* tolerant(image.io.exec(objectMapName(image.id, snapId), clsRbdObjectMap.update, input));
}

/** A change may find that there is nothing to change. */
function* tolerant(task: Task<unknown>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
