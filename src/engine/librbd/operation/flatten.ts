import { must } from '../../base/assert.ts';
import { type Data, isZeroData, NO_DATA } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdParent } from '../../codec/cls-rbd-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { logged } from '../../librados/error-log.ts';
import { flattenHeader } from '../crypto/flatten-header.ts';
import { emitImage, imageSpec } from '../events.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { readParentObjects, updateMaps, writeCopies, writeCopy } from '../io/copyup.ts';
import { emptyWrite } from '../io/object-change.ts';
import { changeObject, markExisting } from '../io/object-write.ts';
import { rounds, steps } from '../io/rounds.ts';
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
  if (image.header.snaps.length === 0) yield* markExisting(image, [...copies.keys()]);
  let done = from;
  const tellOne = () => tell(done++, end);
  for (const round of rounds(image, steps(from, to))) yield* copyObjects(image, round, copies, tellOne);
}

/** Without snapshots the copies go beside each other; the rest does each object for itself. */
function* copyObjects(
  image: ImageCtx,
  objectNos: readonly number[],
  copies: ReadonlyMap<number, Data>,
  tellOne: () => void,
): Task<void> {
  const news = image.header.snaps.length > 0 ? [] : objectNos.filter((no) => copies.has(no));
  yield* writeCopies(
    image,
    news.map((no) => [emptyWrite(no), copies.get(no) ?? NO_DATA]),
    tellOne,
  );
  for (const no of objectNos) {
    const data = copies.get(no);
    if (data !== undefined && image.header.snaps.length === 0) continue;
    tellOne();
    if (data !== undefined) yield* copyBelowSnaps(image, no, data);
    else if (mayExist(image, no)) yield* changeObject(image, emptyWrite(no));
  }
}

function mayExist(image: ImageCtx, objectNo: number): boolean {
  return image.objectMap?.mayExist(objectNo) !== false;
}

/** What the parent has for objects that the clone does not have, told from the object map; none without one. */
function* readNewObjects(image: ImageCtx, from: number, to: number): Task<Map<number, Data>> {
  const copies = new Map<number, Data>();
  const news = [...steps(from, to)].filter((no) => !mayExist(image, no));
  for (const round of rounds(image, news)) {
    const read = yield* readParentObjects(image, round);
    for (const [at, data] of read.entries()) {
      if (data.length > 0 && !isZeroData(data)) copies.set(must(round[at], 'an object'), data);
    }
  }
  return copies;
}

function* copyBelowSnaps(image: ImageCtx, objectNo: number, data: Data): Task<void> {
  const change = emptyWrite(objectNo);
  yield* updateMaps(image, change, false);
  yield* writeCopy(image, change, data);
}
