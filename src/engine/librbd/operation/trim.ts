import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { zeroSealed } from '../io/image-io.ts';
import { discardChange } from '../io/object-discard.ts';
import { changeObject } from '../io/object-write.ts';
import { imageToObjects, objectCount } from '../io/striper.ts';
import type { OnProgress } from '../progress.ts';

/**
 * Removes what lies behind a new end: whole objects, and the rest of the one at the border. In a clone with snapshots
 * objects that hide a parent's are copied up before, so that the snapshots keep them.
 *
 * @ceph src/librbd/operation/TrimRequest.cc — exact, one object after the other
 */
export function* trimImage(image: ImageCtx, from: number, to: number, onProgress: OnProgress): Task<void> {
  const { layout } = image;
  const period = layout.objectSize * layout.stripeCount;
  const periods = Math.ceil(to / period);
  const first = periods * layout.stripeCount;
  const end = objectCount(layout, from);
  if (first < end) yield* removeObjects(image, first, end, onProgress);
  yield* cleanBoundary(image, to, Math.min(periods * period, from));
}

function* removeObjects(image: ImageCtx, first: number, end: number, onProgress: OnProgress): Task<void> {
  const { EXISTS, PENDING, NONEXISTENT } = OBJECT_STATE;
  if (image.objectMap !== null) yield* image.objectMap.update(first, end, PENDING, EXISTS);
  const copies = image.header.snaps.length > 0 ? objectCount(image.layout, image.parentOverlap) : 0;
  for (let no = first; no < Math.min(copies, end); no++) {
    onProgress(no, Math.min(copies, end));
    const options = { keepHiding: false, updatesMap: false };
    yield* changeObject(image, discardChange(image, no, 0, image.objectSize, options));
  }
  for (let no = Math.max(first, copies); no < end; no++) {
    onProgress(no, end);
    if (image.objectMap === null || image.objectMap.mayExist(no)) yield* removeObject(image, no);
  }
  if (image.objectMap !== null) yield* image.objectMap.update(first, end, NONEXISTENT, PENDING);
}

function* removeObject(image: ImageCtx, objectNo: number): Task<void> {
  try {
    yield* image.writeIo.remove(image.objectName(objectNo));
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

function* cleanBoundary(image: ImageCtx, from: number, to: number): Task<void> {
  if (to <= from) return;
  for (const { objectNo, off, len } of imageToObjects(image.layout, from, to - from)) {
    const length = off === 0 ? image.objectSize : len;
    if (yield* zeroSealed(image, objectNo, off, length)) continue;
    const options = { keepHiding: false, updatesMap: true };
    yield* changeObject(image, discardChange(image, objectNo, off, length, options));
  }
}
