import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { poolConfig } from '../config.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { removeImage } from './remove.ts';
import { moveToTrash } from './trash.ts';

/**
 * What `rbd rm` does: as removeImage, or a move to the trash where the configuration says so.
 *
 * @ceph src/librbd/api/Image.cc remove — exact, but that a removal does not go by way of the trash
 */
export function* removeOrTrash(io: IoCtx, name: string, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  const config = yield* poolConfig(io);
  if (config('rbd_move_to_trash_on_remove') !== 'true') {
    yield* removeImage(io, { name }, onProgress);
    return;
  }
  const seconds = Number(config('rbd_move_to_trash_on_remove_expire_seconds'));
  try {
    yield* moveToTrash(io, name, io.rados.now_us() + seconds * 1e6);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    yield* removeImage(io, { name }, onProgress);
  }
}
