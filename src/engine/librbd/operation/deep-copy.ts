import { must } from '../../base/assert.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { noting } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { readImages, writeImages, writeZeroesImage } from '../io/image-io.ts';
import { rounds } from '../io/rounds.ts';
import { objectCount, objectToImage, pruneExtents } from '../io/striper.ts';
import { withImage } from '../open.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged } from '../refresh.ts';
import type { CloneOptions } from './clone.ts';
import { copiedOptions, copyMetadata } from './copy.ts';
import { type DiffExtent, diffImage } from './diff.ts';
import { makeDestination } from './make-destination.ts';
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
    yield* copyMetadata(source, dest);
    const tell = tellProgress(dest, 'deep copy', onProgress);
    const snaps = source.header.snaps.filter((snap) => snap.namespace.type === 'user' && snap.id <= source.snapId);
    const states = snaps.length + (source.snapId === NOSNAP ? 1 : 0);
    const reached = (done: number) => (off: number, size: number) =>
      tell(Math.floor(((done + off / size) / states) * source.objectCount), source.objectCount);
    let before: ImageSnap | null = null;
    for (const [done, snap] of snaps.entries()) {
      yield* copySnap(source, dest, before, snap, reached(done));
      before = snap;
    }
    if (source.snapId === NOSNAP) yield* copyState(source, dest, before, reached(snaps.length));
    tell(source.objectCount, source.objectCount);
  });
  return id;
}

function* copySnap(
  source: ImageCtx,
  dest: ImageCtx,
  before: ImageSnap | null,
  snap: ImageSnap,
  onProgress: OnProgress,
): Task<void> {
  const options = { snapId: snap.id, readOnly: true };
  yield* withImage(source.io, source.target, options, (at) => copyState(at, dest, before, onProgress));
  const snapId = yield* createSnap(dest, snap.name);
  if (snap.protection !== 'protected') return;
  yield* dest.io.exec(dest.headerOid, clsRbdSnapshot.setProtectionStatus, { snapId, status: 'protected' });
  yield* headerChanged(dest);
}

/** What the open head or snapshot of the source has beyond the snapshot before it. Progress is told in bytes. */
function* copyState(source: ImageCtx, dest: ImageCtx, before: ImageSnap | null, onProgress: OnProgress): Task<void> {
  const overlap = dest.header.parentOverlap;
  // A source that was shrunk once reads zeros behind that, whatever its parent has.
  if (overlap !== null && source.parentOverlap < overlap) yield* resizeImage(dest, source.parentOverlap, true);
  if (dest.header.size !== source.size) yield* resizeImage(dest, source.size, true);
  if (overlap !== null && before === null) yield* hideParent(source, dest);
  const changes = yield* diffImage(source, before?.name ?? null, { includeParent: overlap === null });
  for (const round of rounds(source, changes)) {
    onProgress(must(round[0], 'a change').offset, source.size);
    yield* copyChanges(source, dest, round);
  }
}

/** What is zero comes last: changes are of stretches apart. */
function* copyChanges(source: ImageCtx, dest: ImageCtx, changes: readonly DiffExtent[]): Task<void> {
  const stretches = changes.filter(({ exists }) => exists).map(({ offset: off, length: len }) => ({ off, len }));
  const read = yield* readImages(source, stretches);
  yield* writeImages(
    dest,
    stretches.map(({ off }, at) => ({ off, data: must(read[at], 'what was read') })),
  );
  for (const { offset, length, exists } of changes) if (!exists) yield* writeZeroesImage(dest, offset, length);
}

/** What the source has as an object of its own hides the parent's, also where it holds nothing. */
function* hideParent(source: ImageCtx, dest: ImageCtx): Task<void> {
  const { layout, parentOverlap } = source;
  for (let no = 0, end = objectCount(layout, parentOverlap); no < end; no++) {
    if (!(yield* hasObject(source, no))) continue;
    const hidden = pruneExtents(objectToImage(layout, no, 0, layout.objectSize), parentOverlap);
    for (const { off, len } of hidden) yield* writeZeroesImage(dest, off, len);
  }
}

function* hasObject(source: ImageCtx, objectNo: number): Task<boolean> {
  if (source.objectMap?.mayExist(objectNo) === false) return false;
  try {
    yield* source.readIo.stat(source.objectName(objectNo));
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}
