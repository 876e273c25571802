import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdTrash } from '../../codec/cls-rbd-methods.ts';
import type { MigrationSpec, MigrationState } from '../../codec/rbd-migration-codec.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { RBD_TRASH } from '../object-names.ts';
import { addToOldDirectory } from '../old-format/directory.ts';
import { withImage } from '../open.ts';
import { removeImage } from '../operation/remove.ts';
import { restoreFromTrash } from '../operation/trash.ts';
import { listImageWatchers } from '../operation/watchers.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { onDestination } from './create-destination.ts';
import { findMigration, headerOf, type MigrationEnd, targetOf } from './open-images.ts';
import { moveGroup, relinkChildren } from './relink.ts';
import { removeRemains } from './remove-remains.ts';
import { removeSnaps } from './remove-snaps.ts';
import { revertData } from './revert.ts';
import { removeMigration, setMigrationState } from './set-state.ts';

/**
 * `rbd migration abort`: what was written to the destination's head goes back to the source, the destination goes, and
 * the source comes back. Stopped in between, it goes on when it is run again with the source's name. ENOENT; EINVAL for
 * an image that is in no migration; EBUSY while others have the destination open.
 *
 * @ceph src/librbd/api/Migration.cc abort — exact
 */
export function* abortMigration(io: IoCtx, name: string, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  if (yield* removeRemains(io, name, onProgress)) return;
  const { source, dest } = yield* findMigration(io, name);
  const steps = source === null ? 1 : 2;
  if (source !== null && dest !== null) {
    yield* bringBack(source, dest, (done, total) => onProgress(done, total * steps));
  }
  const tell: OnProgress = (done, total) => onProgress((steps - 1) * total + done, total * steps);
  if (dest !== null) yield* removeDestination(source, dest, tell);
  if (source === null) return;
  yield* comeBack(source);
  yield* removeMigration(source);
}

/** Once all is back, the state says so: what goes from the destination from then on never goes back. */
function* bringBack(source: MigrationEnd, dest: MigrationEnd, onProgress: OnProgress): Task<void> {
  const spec = yield* specOfDestination(dest);
  if (spec === null || !WRITABLE.includes(spec.state)) return;
  yield* withImage(dest.io, { id: dest.id }, { readOnly: true, ignoreMigrating: true }, function* (from) {
    if ((yield* listImageWatchers(from)).length > 0) {
      throw new CephError('EBUSY', 'image has watchers - cannot abort migration');
    }
    const newest = from.snapById(spec.snapSeqs.at(-1)?.[1] ?? NOSNAP)?.size ?? 0;
    yield* withImage(source.io, targetOf(source), { ignoreMigrating: true }, (to) =>
      revertData(from, newest, to, onProgress),
    );
  });
  yield* setMigrationState(source, dest, 'aborting');
}

/** States in which a destination may have been written to. */
const WRITABLE: readonly MigrationState[] = ['prepared', 'executing', 'executed'];

/** Null where the preparation was stopped before there was one, or before it knew of the migration. */
function* specOfDestination(dest: MigrationEnd): Task<MigrationSpec | null> {
  try {
    return yield* dest.io.exec(headerOf(dest), clsRbdMigration.get, undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'EINVAL')) return null;
    throw error;
  }
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
    yield* withImage(source.io, targetOf(source), asSource, function* (original) {
      yield* relinkChildren(image, original);
      yield* moveGroup(image, original);
    });
  }
  yield* removeSnaps(image);
}

/** From the trash, where it is there (still); of format 1, into the directory again. */
/** The source leaves the trash, or comes back into the directory of format 1. */
export function* comeBack({ io, id, name }: MigrationEnd): Task<void> {
  if (id === '') return yield* addToOldDirectory(io, name);
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
