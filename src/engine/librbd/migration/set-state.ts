import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MigrationState } from '../../codec/rbd-migration-codec.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { notifyHeaderChanged } from '../handles.ts';
import { headerOf, type MigrationEnd } from './open-images.ts';

/** Both headers say how far a migration is. @ceph src/librbd/api/Migration.cc set_state — exact */
export function* setMigrationState(
  source: MigrationEnd | null,
  dest: MigrationEnd,
  state: MigrationState,
  description = '',
): Task<void> {
  for (const end of source === null ? [dest] : [source, dest]) {
    yield* end.io.exec(headerOf(end), clsRbdMigration.setState, { state, description });
    notifyHeaderChanged(end.io, headerOf(end));
  }
}

/** An image leaves its migration. One that is in none, or gone, is no error. */
export function* removeMigration(end: MigrationEnd): Task<void> {
  try {
    yield* end.io.exec(headerOf(end), clsRbdMigration.remove, undefined);
  } catch (error) {
    if (!isErrno(error, 'ENOENT') && !isErrno(error, 'EINVAL')) throw error;
  }
  notifyHeaderChanged(end.io, headerOf(end));
}
