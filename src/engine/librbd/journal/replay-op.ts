import { CephError, type ErrnoName, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { OpEvent, SnapEvent } from '../../codec/journal-events.ts';
import { sameSnapshotNamespace } from '../../codec/rbd-snap-codec.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { disableFeatures, enableFeatures } from '../operation/features-update.ts';
import { flattenImage } from '../operation/flatten.ts';
import { removeMetadata, setMetadata } from '../operation/metadata.ts';
import { renameOpened } from '../operation/rename.ts';
import { resizeImage } from '../operation/resize.ts';
import { createSnap } from '../operation/snap-create.ts';
import { setSnapLimit } from '../operation/snap-limit.ts';
import { protectSnap } from '../operation/snap-protect.ts';
import { removeSnapById } from '../operation/snap-remove.ts';
import { renameSnapById } from '../operation/snap-rename.ts';
import { rollbackToSnap } from '../operation/snap-rollback.ts';
import { unprotectSnap } from '../operation/snap-unprotect.ts';
import { NO_PROGRESS } from '../progress.ts';
import { refreshIfStale } from '../refresh.ts';

/** What an operation answers that was done before. @ceph src/librbd/journal/Replay.cc ignore_error_codes — exact */
const DONE_BEFORE: Partial<Record<OpEvent['type'], ErrnoName>> = {
  'snap-create': 'EEXIST',
  'snap-remove': 'ENOENT',
  'snap-rename': 'EEXIST',
  'snap-protect': 'EBUSY',
  'snap-unprotect': 'EINVAL',
  rename: 'EEXIST',
  flatten: 'EINVAL',
  'snap-limit': 'ERANGE',
  'metadata-remove': 'ENOENT',
};

/** Does an operation that a journal tells of, which may have been done before, or half. */
export function* replayOp(image: ImageCtx, op: OpEvent): Task<void> {
  yield* refreshIfStale(image);
  try {
    yield* run(image, op);
  } catch (error) {
    if (!isDoneBefore(op, error)) throw error;
  }
}

function isDoneBefore({ type }: OpEvent, error: unknown): boolean {
  const name = DONE_BEFORE[type];
  return name !== undefined && isErrno(error, name);
}

function* run(image: ImageCtx, op: OpEvent): Task<void> {
  switch (op.type) {
    case 'snap-create':
      yield* createSnap(image, op.name, NO_PROGRESS, op.namespace);
      return;
    case 'snap-remove':
      yield* removeSnapById(image, snapOf(image, op).id);
      return;
    case 'snap-rename':
      yield* renameSnapById(image, op.snapId, op.to);
      return;
    case 'snap-protect':
      yield* protectSnap(image, op.name);
      return;
    case 'snap-unprotect':
      yield* unprotectSnap(image, op.name);
      return;
    case 'snap-rollback':
      yield* rollbackToSnap(image, snapOf(image, op), NO_PROGRESS);
      return;
    case 'rename':
      yield* renameOpened(image, op.name);
      return;
    case 'resize':
      yield* resizeImage(image, op.size, true);
      return;
    case 'flatten':
      yield* flattenImage(image);
      return;
    case 'snap-limit':
      yield* setSnapLimit(image, op.limit);
      return;
    case 'update-features':
      yield* updateFeatures(image, op.features, op.enabled);
      return;
    case 'metadata-set':
      yield* setMetadata(image, op.key, op.value);
      return;
    case 'metadata-remove':
      yield* removeMetadata(image, op.key);
  }
}

function snapOf(image: ImageCtx, { name, namespace }: SnapEvent): ImageSnap {
  const found = image.header.snaps.find(
    (snap) => snap.name === name && sameSnapshotNamespace(snap.namespace, namespace),
  );
  if (found === undefined) throw new CephError('ENOENT', `snapshot ${name}`);
  return found;
}

/** Those that are not as they should be. */
function* updateFeatures(image: ImageCtx, features: number, enabled: boolean): Task<void> {
  const { features: now } = image.header;
  const left = enabled ? features & ~now : features & now;
  if (left !== 0) yield* enabled ? enableFeatures(image, left) : disableFeatures(image, left);
}
