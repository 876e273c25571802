import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { logError, noting } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { withImage } from '../open.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged } from '../refresh.ts';
import type { CloneOptions } from './clone.ts';
import { copiedOptions, copyMetadata } from './copy.ts';
import { copyState, detachParent } from './copy-state.ts';
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
    const snaps = source.header.snaps.filter((snap) => snap.namespace.type === 'user' && snap.id <= source.snapId);
    if (dest.header.parentOverlap !== null && onlyHeadIsFlat(source, snaps)) yield* failAtHead(dest, snaps);
    yield* copyMetadata(source, dest);
    const ends = new ObjectEnds(dest.layout);
    const tell = tellProgress(dest, 'deep copy', onProgress);
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

/** The head has no parent any more, though the newest snapshot still has. */
function onlyHeadIsFlat({ snapId, header }: ImageCtx, snaps: readonly ImageSnap[]): boolean {
  return snapId === NOSNAP && header.parentOverlap === null && (snaps.at(-1)?.parentOverlap ?? null) !== null;
}

/**
 * Such a source a real cluster does not copy: the new image stays, with snapshots that hold nothing.
 * @ceph src/librbd/deep_copy/SnapshotCopyRequest.cc send_set_head — exact: it attaches the parent with an overlap of 0
 */
function* failAtHead(dest: ImageCtx, snaps: readonly ImageSnap[]): Task<never> {
  for (const snap of snaps) {
    if (dest.header.size !== snap.size) yield* resizeImage(dest, snap.size, true);
    yield* makeSnap(dest, snap);
  }
  yield* detachParent(dest);
  const why = '(22) Invalid argument';
  for (const [source, text] of [
    ['*librbd::image::AttachParentRequest', 'handle_attach_parent: attach parent encountered an error'],
    ['*librbd::deep_copy::SetHeadRequest', 'handle_attach_parent: failed to attach parent'],
    ['*librbd::deep_copy::SnapshotCopyRequest', 'handle_set_head: failed to set head'],
    ['*librbd::DeepCopyRequest', 'handle_copy_snapshots: failed to copy snapshot metadata'],
  ] as const)
    logError(dest.io.rados, source, `${text}: ${why}`);
  throw new CephError('EINVAL', 'the head has no parent any more');
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
  yield* makeSnap(dest, snap);
}

function* makeSnap(dest: ImageCtx, snap: ImageSnap): Task<void> {
  const snapId = yield* createSnap(dest, snap.name);
  if (snap.protection !== 'protected') return;
  yield* dest.io.exec(dest.headerOid, clsRbdSnapshot.setProtectionStatus, { snapId, status: 'protected' });
  yield* headerChanged(dest);
}
