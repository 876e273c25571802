import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdTrash } from '../../codec/cls-rbd-methods.ts';
import { logged } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_TRASH } from '../object-names.ts';
import { withImage } from '../open.ts';
import { removeImage } from '../operation/remove.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { findMigration, type MigrationEnd, targetOf } from './open-images.ts';
import { removeSnaps } from './remove-snaps.ts';
import { removeMigration } from './set-state.ts';

/**
 * `rbd migration commit`: removes the source; the destination is an image as any other. ENOENT; EINVAL unless all has
 * been copied.
 *
 * @ceph src/librbd/api/Migration.cc commit — exact in what is left; the destination leaves the migration last, so that
 * a commit that was stopped can be run again by its name (rule MG3)
 */
export function* commitMigration(io: IoCtx, name: string, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  const { source, dest, spec } = yield* findMigration(io, name);
  if (dest === null || spec?.state !== 'executed') {
    const text = `commit: current migration state is '${spec?.state}' (should be 'executed')`;
    throw logged(io.rados, 'EINVAL', 'librbd::Migration', text);
  }
  if (source !== null) yield* removeSource(source, onProgress);
  yield* removeMigration(dest);
}

function* removeSource(source: MigrationEnd, onProgress: OnProgress): Task<void> {
  try {
    yield* withImage(source.io, targetOf(source), { skipParent: true, ignoreMigrating: true }, removeSnaps);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  yield* removeImage(source.io, targetOf(source), onProgress, { ignoreMigrating: true });
  if (source.id === '') return;
  try {
    yield* source.io.exec(RBD_TRASH, clsRbdTrash.remove, { id: source.id });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
