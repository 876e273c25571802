import { must } from '../../base/assert.ts';
import { sliceData, storedRanges } from '../../base/data.ts';
import { intervalSet, subtract } from '../../base/interval-set.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { listSnapsAll } from '../../librados/at-once.ts';
import { noting } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { readImages, writeImages, writeZeroesImage } from '../io/image-io.ts';
import { changeObject } from '../io/object-write.ts';
import { rounds, steps } from '../io/rounds.ts';
import { type ImageExtent, imageToObjects, objectCount, objectToImage, pruneExtents } from '../io/striper.ts';
import { withImage } from '../open.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged } from '../refresh.ts';
import type { CloneOptions } from './clone.ts';
import { copiedOptions, copyMetadata } from './copy.ts';
import { diffImage } from './diff.ts';
import { makeDestination } from './make-destination.ts';
import { ObjectEnds } from './object-ends.ts';
import { resizeImage } from './resize.ts';
import { createSnap } from './snap-create.ts';
import { tellProgress } from './tell-progress.ts';

export interface DeepCopyOptions extends CloneOptions {
  /** Copies what is the parent's, too, and makes no clone. */
  readonly flatten?: boolean;
}

/**
 * `rbd deep cp`: a new image with data, snapshots (under new ids, protected as they were) and parent link; answers
 * its id.
 *
 * @ceph src/librbd/api/Image.cc deep_copy, src/librbd/DeepCopyRequest.cc — exact in what is read; it goes snapshot by snapshot, not object by object
 */
export function* deepCopyImage(
  source: ImageCtx,
  io: IoCtx,
  name: string,
  options: DeepCopyOptions = {},
  onProgress: OnProgress = NO_PROGRESS,
): Task<string> {
  const { flatten = false, ...create } = options;
  const made = makeDestination(source, io, name, flatten, copiedOptions(source, create));
  const id = yield* noting(io.rados, 'librbd::api::Image', 'deep_copy: header creation failed', made);
  yield* withImage(io, { id }, {}, function* (dest) {
    yield* acquireLock(dest);
    yield* copyMetadata(source, dest);
    const ends = new ObjectEnds(dest.layout);
    const tell = tellProgress(dest, 'deep copy', onProgress);
    const snaps = source.header.snaps.filter((snap) => snap.namespace.type === 'user' && snap.id <= source.snapId);
    const states = snaps.length + (source.snapId === NOSNAP ? 1 : 0);
    const reached = (done: number) => (off: number, size: number) =>
      tell(Math.floor(((done + off / size) / states) * source.objectCount), source.objectCount);
    let before: ImageSnap | null = null;
    for (const [done, snap] of snaps.entries()) {
      yield* copySnap(source, dest, before, snap, ends, reached(done));
      before = snap;
    }
    if (source.snapId === NOSNAP) yield* copyState(source, dest, before, ends, reached(snaps.length));
    tell(source.objectCount, source.objectCount);
  });
  return id;
}

function* copySnap(
  source: ImageCtx,
  dest: ImageCtx,
  before: ImageSnap | null,
  snap: ImageSnap,
  ends: ObjectEnds,
  onProgress: OnProgress,
): Task<void> {
  const options = { snapId: snap.id, readOnly: true };
  yield* withImage(source.io, source.target, options, (at) => copyState(at, dest, before, ends, onProgress));
  const snapId = yield* createSnap(dest, snap.name);
  if (snap.protection !== 'protected') return;
  yield* dest.io.exec(dest.headerOid, clsRbdSnapshot.setProtectionStatus, { snapId, status: 'protected' });
  yield* headerChanged(dest);
}

/** What the open head or snapshot of the source has beyond the snapshot before it: data first, then what is zero. Progress is told in bytes. */
function* copyState(
  source: ImageCtx,
  dest: ImageCtx,
  before: ImageSnap | null,
  ends: ObjectEnds,
  onProgress: OnProgress,
): Task<void> {
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
