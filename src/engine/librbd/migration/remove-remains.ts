import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { imageIdOf } from '../image-names.ts';
import { headerName } from '../object-names.ts';
import { removeImage } from '../operation/remove.ts';
import { listTrash } from '../operation/trash.ts';
import type { OnProgress } from '../progress.ts';
import { onDestination } from './create-destination.ts';
import { removeSnaps } from './remove-snaps.ts';

/**
 * Removes what is left of an import that was stopped before its image knew of the migration, or after its header was gone. Nothing
 * else leads there: an import has no source that would. False where that is no such image.
 */
export function* removeRemains(io: IoCtx, name: string, onProgress: OnProgress): Task<boolean> {
  const id = yield* idOf(io, name);
  if (id === null) return false;
  if (yield* hasHeader(io, id)) {
    if (!(yield* onDestination(io, id, emptyUnfinished))) return false;
    yield* removeImage(io, { id }, onProgress, { ignoreMigrating: true });
    return true;
  }
  // The source of a migration that is in the trash comes back by its name.
  if ((yield* listTrash(io)).some(({ spec }) => spec.name === name)) return false;
  yield* removeImage(io, { name }, onProgress);
  return true;
}

/** Takes the snapshots of an image that is in a migration by its features, but has not a word of which; false for others. */
function* emptyUnfinished(image: ImageCtx): Task<boolean> {
  const { migration, migrationSource } = image.header;
  if (!image.has(FEATURE.MIGRATING) || migration !== undefined || migrationSource === true) return false;
  yield* removeSnaps(image);
  return true;
}

function* idOf(io: IoCtx, name: string): Task<string | null> {
  try {
    return yield* imageIdOf(io, name);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

function* hasHeader(io: IoCtx, id: string): Task<boolean> {
  try {
    yield* io.stat(headerName(id));
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}
