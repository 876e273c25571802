import { must } from '../../base/assert.ts';
import { sliceData, storedRanges } from '../../base/data.ts';
import { intervalSet, subtract } from '../../base/interval-set.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdParent } from '../../codec/cls-rbd-methods.ts';
import { listSnapsAll } from '../../librados/at-once.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { readImages, writeImages, writeZeroesImage } from '../io/image-io.ts';
import { changeObject } from '../io/object-write.ts';
import { rounds, steps } from '../io/rounds.ts';
import { type ImageExtent, imageToObjects, objectCount, objectToImage, pruneExtents } from '../io/striper.ts';
import type { OnProgress } from '../progress.ts';
import { headerChanged } from '../refresh.ts';
import { detachChild } from './detach-child.ts';
import { diffImage } from './diff.ts';
import type { ObjectEnds } from './object-ends.ts';
import { overlapOf } from './parent-info.ts';
import { resizeImage } from './resize.ts';

/** What the open head or snapshot of the source has beyond the snapshot before it: data first, then what is zero. Progress is told in bytes. */
export function* copyState(
  source: ImageCtx,
  dest: ImageCtx,
  before: ImageSnap | null,
  ends: ObjectEnds,
  onProgress: OnProgress,
): Task<void> {
  if (dest.header.parentOverlap !== null && overlapOf(source) === null) yield* detachParent(dest);
  const overlap = dest.header.parentOverlap;
  // A source that was shrunk once reads zeros behind that, whatever its parent has.
  if (overlap !== null && source.parentOverlap < overlap) yield* resizeImage(dest, source.parentOverlap, true);
  if (dest.header.size !== source.size) yield* resizeImage(dest, source.size, true);
  if (overlap !== null && before === null) yield* hideParent(source, dest);
  ends.begin(source.size);
  const changes = yield* diffImage(source, before?.name ?? null, { includeParent: overlap === null });
  const stretchesOf = (exists: boolean) =>
    changes.filter((change) => change.exists === exists).map(({ offset: off, length: len }) => ({ off, len }));
  const zeros = stretchesOf(false);
  for (const round of rounds(source, stretchesOf(true))) {
    onProgress(must(round[0], 'a change').off, source.size);
    zeros.push(...(yield* copyData(source, dest, round, ends)));
  }
  for (const { off, len } of zeros)
    for (const change of ends.zeroed(dest, imageToObjects(dest.layout, off, len))) yield* changeObject(dest, change);
}

/** Writes what the source holds, and answers where it has holes. */
function* copyData(
  source: ImageCtx,
  dest: ImageCtx,
  stretches: readonly ImageExtent[],
  ends: ObjectEnds,
): Task<readonly ImageExtent[]> {
  const read = (yield* readImages(source, stretches)).map((data, at) => ({
    at: must(stretches[at], 'a place').off,
    data,
  }));
  const pieces = read.flatMap(({ at, data }) =>
    storedRanges(data).map(({ off, len }) => ({ off: at + off, data: sliceData(data, off, len) })),
  );
  ends.wrote(pieces.map(({ off, data }) => ({ off, len: data.length })));
  yield* writeImages(dest, pieces);
  return read.flatMap(({ at, data }) =>
    subtract(intervalSet(0, data.length), storedRanges(data)).map(({ off, len }) => ({ off: at + off, len })),
  );
}

/**
 * What the source has as an object of its own, now or later, hides the parent's, also where it holds nothing.
 * @ceph src/librbd/io/ObjectRequest.cc ObjectListSnapsRequest zero_extent — exact: from the first state on
 */
function* hideParent(source: ImageCtx, dest: ImageCtx): Task<void> {
  const { layout, parentOverlap } = source;
  for (const round of rounds(source, steps(0, objectCount(layout, parentOverlap)))) {
    const oids = round.map((no) => source.objectName(no));
    const listings = yield* listSnapsAll(source.writeIo, oids);
    const own = round.filter((_, at) => listings[at] !== null);
    const hidden = own.flatMap((no) => pruneExtents(objectToImage(layout, no, 0, layout.objectSize), parentOverlap));
    for (const { off, len } of hidden) yield* writeZeroesImage(dest, off, len);
  }
}

/** The source was flattened by then: its older snapshots alone keep the parent. */
export function* detachParent(dest: ImageCtx): Task<void> {
  if (dest.header.snaps.length === 0) yield* detachChild(dest);
  yield* dest.io.exec(dest.headerOid, clsRbdParent.detach, undefined);
  yield* headerChanged(dest);
}
