import { must } from '../../base/assert.ts';
import { type Data, isZeroData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdParent } from '../../codec/cls-rbd-methods.ts';
import { FEATURE, OBJECT_STATE } from '../../codec/rbd-types.ts';
import { logged } from '../../librados/error-log.ts';
import { flattenHeader } from '../crypto/flatten-header.ts';
import { emitImage, imageSpec } from '../events.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { readParentData, updateMaps, writeCopy } from '../io/copyup.ts';
import { emptyWrite, parentExtents } from '../io/object-change.ts';
import { changeObject } from '../io/object-write.ts';
import { objectCount } from '../io/striper.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged, refreshImage } from '../refresh.ts';
import { detachChild } from './detach-child.ts';
import { tellProgress } from './tell-progress.ts';

/** So many objects are marked in the object map at one go, before any of them is written. */
const BATCH_OBJECTS = 64;

/**
 * Copies all that is still the parent's, and detaches the image from it. EINVAL where there is no parent. Stopped
 * in between, it goes on from there when it is run again.
 *
 * @ceph src/librbd/operation/FlattenRequest.cc — exact in what is stored; runs of new objects share one update of
 * the object map, which comes before their data as each single one's would
 */
export function* flattenImage(image: ImageCtx, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  yield* refreshImage(image);
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* lockForOp(image);
  if (image.header.parentOverlap === null)
    throw logged(image.io.rados, 'EINVAL', 'librbd::Operations', 'image has no parent');
  yield* acquireLock(image);
  yield* journaledOp(image, { type: 'flatten' }, () => flatten(image, onProgress));
}

function* flatten(image: ImageCtx, onProgress: OnProgress): Task<void> {
  const parent = image.parent === null ? '' : imageSpec(image.parent);
  const end = objectCount(image.layout, image.parentOverlap);
  const tell = tellProgress(image, 'flatten', onProgress);
  for (let from = 0; from < end; from += BATCH_OBJECTS) {
    yield* flattenBatch(image, from, Math.min(from + BATCH_OBJECTS, end), end, tell);
  }
  yield* flattenHeader(image);
  if (image.has(FEATURE.DEEP_FLATTEN) || image.header.snaps.length === 0) yield* detachChild(image);
  yield* image.io.exec(image.headerOid, clsRbdParent.detach, undefined);
  yield* headerChanged(image);
  emitImage(image, { type: 'rbd/detached-from-parent', parent });
}

function* flattenBatch(image: ImageCtx, from: number, to: number, end: number, tell: OnProgress): Task<void> {
  const copies = yield* readNewObjects(image, from, to);
  yield* markNewObjects(image, [...copies.keys()]);
  for (let no = from; no < to; no++) {
    tell(no, end);
    const data = copies.get(no);
    if (data !== undefined) yield* copyNewObject(image, no, data);
    else if (mayExist(image, no)) yield* changeObject(image, emptyWrite(no));
  }
}

function mayExist(image: ImageCtx, objectNo: number): boolean {
  return image.objectMap?.mayExist(objectNo) !== false;
}

/** What the parent has for objects that the clone does not have, told from the object map; none without one. */
function* readNewObjects(image: ImageCtx, from: number, to: number): Task<Map<number, Data>> {
  const copies = new Map<number, Data>();
  for (let no = from; no < to; no++) {
    if (mayExist(image, no)) continue;
    const data = yield* readParentData(image, no, parentExtents(image, no));
    if (data.length > 0 && !isZeroData(data)) copies.set(no, data);
  }
  return copies;
}

/** Without snapshots the head alone is marked, run by run; the rest does each object for itself. */
function* markNewObjects(image: ImageCtx, objectNos: readonly number[]): Task<void> {
  if (image.header.snaps.length > 0 || image.objectMap === null) return;
  for (let i = 0; i < objectNos.length; ) {
    const start = must(objectNos[i], 'object number');
    let end = start;
    while (objectNos[i] === end) {
      end++;
      i++;
    }
    yield* image.objectMap.update(start, end, OBJECT_STATE.EXISTS);
  }
}

function* copyNewObject(image: ImageCtx, objectNo: number, data: Data): Task<void> {
  const change = emptyWrite(objectNo);
  if (image.header.snaps.length > 0) yield* updateMaps(image, change, false);
  yield* writeCopy(image, change, data);
}
