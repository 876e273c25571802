import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdSnapshot, clsRbdTrash } from '../../codec/cls-rbd-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { RBD_TRASH } from '../object-names.ts';
import { withImage } from '../open.ts';
import { rebuildObjectMap } from '../operation/object-map-check.ts';
import { removeImage } from '../operation/remove.ts';
import { removeSnapById } from '../operation/snap-remove.ts';
import { restoreFromTrash } from '../operation/trash.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { onDestination } from './create-destination.ts';
import { findMigration, type MigrationEnd } from './open-images.ts';
import { moveGroup, relinkChildren } from './relink.ts';
import { removeMigration } from './set-state.ts';

/**
 * `rbd migration abort`: the destination goes with all that was written to it, and the source comes back. Stopped in
 * between, it goes on when it is run again with the source's name. ENOENT; EINVAL for an image that is in no migration.
 *
 * @ceph src/librbd/api/Migration.cc abort — exact
 */
export function* abortMigration(io: IoCtx, name: string, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  const { source, dest } = yield* findMigration(io, name);
  const steps = source === null ? 1 : 2;
  if (source !== null && dest !== null) yield* checkSource(source, (done, total) => onProgress(done, total * steps));
  const tell: OnProgress = (done, total) => onProgress((steps - 1) * total + done, total * steps);
  if (dest !== null) yield* removeDestination(source, dest, tell);
  if (source === null) return;
  yield* comeBack(source);
  yield* removeMigration(source);
}

/** The map of the source's objects is made anew, where it has one. */
function* checkSource({ io, id }: MigrationEnd, onProgress: OnProgress): Task<void> {
  yield* withImage(io, { id }, { skipParent: true, ignoreMigrating: true }, function* (image) {
    if (!image.has(FEATURE.OBJECT_MAP)) return;
    yield* rebuildObjectMap(image, onProgress);
    onProgress(image.objectCount, image.objectCount);
  });
}

function* removeDestination(source: MigrationEnd | null, dest: MigrationEnd, onProgress: OnProgress): Task<void> {
  try {
    yield* onDestination(dest.io, dest.id, (image) => emptyDestination(source, image));
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  yield* removeImage(dest.io, { id: dest.id }, onProgress, { ignoreMigrating: true });
}

function* emptyDestination(source: MigrationEnd | null, image: ImageCtx): Task<void> {
  if (source !== null) {
    const asSource = { readOnly: true, ignoreMigrating: true };
    yield* withImage(source.io, { id: source.id }, asSource, function* (original) {
      yield* relinkChildren(image, original);
      yield* moveGroup(image, original);
    });
  }
  yield* removeSnaps(image);
}

/** Removes all snapshots, the protected ones as well: what hung on them hangs elsewhere by now. */
export function* removeSnaps(image: ImageCtx): Task<void> {
  for (const { id, protection } of [...image.header.snaps].reverse()) {
    if (protection !== 'unprotected') {
      const status = { snapId: id, status: 'unprotected' } as const;
      yield* image.io.exec(image.headerOid, clsRbdSnapshot.setProtectionStatus, status);
    }
    yield* removeSnapById(image, id);
  }
}

/** From the trash, where it is there (still). */
function* comeBack({ io, id, name }: MigrationEnd): Task<void> {
  try {
    yield* io.exec(RBD_TRASH, clsRbdTrash.stateSet, { id, state: 'normal', expected: 'moving' });
  } catch (error) {
    // In another state, or not in the trash: as the next step finds it.
    if (!(error instanceof CephError) || !(error.is('ESTALE') || error.is('ENOENT'))) throw error;
  }
  try {
    yield* restoreFromTrash(io, id, name);
  } catch (error) {
    if (!(error instanceof CephError) || !(error.is('ENOENT') || error.is('EEXIST'))) throw error;
  }
}
