import type { Task } from '../../base/task.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import { operateAll } from '../../librados/at-once.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { zeroSealed } from '../io/image-io.ts';
import { discardChange } from '../io/object-discard.ts';
import { changeObject } from '../io/object-write.ts';
import { rounds, steps } from '../io/rounds.ts';
import { imageToObjects, objectCount } from '../io/striper.ts';
import type { OnProgress } from '../progress.ts';

const REMOVAL: readonly OsdOp[] = [{ op: 'delete' }];

/**
 * Removes what lies behind a new end: whole objects, and the rest of the one at the border. In a clone with snapshots
 * objects that hide a parent's are copied up before, so that the snapshots keep them.
 *
 * @ceph src/librbd/operation/TrimRequest.cc — exact
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
  let done = Math.max(first, copies);
  const tellOne = () => onProgress(done++, end);
  for (const round of rounds(image, steps(Math.max(first, copies), end))) {
    const there = round.filter((no) => image.objectMap?.mayExist(no) !== false);
    yield* operateAll(
      image.writeIo,
      there.map((no) => ({ oid: image.objectName(no), ops: REMOVAL })),
      tellOne,
    );
    for (let absent = there.length; absent < round.length; absent++) tellOne();
  }
  if (image.objectMap !== null) yield* image.objectMap.update(first, end, NONEXISTENT, PENDING);
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
