import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { poolConfig } from '../config.ts';
import { withImage } from '../open.ts';
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
    yield* removeOrKeepParent(io, name, config('rbd_move_parent_to_trash_on_remove') === 'true', onProgress);
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

/** An image whose snapshots are all trashed but have clones stays in the trash until the last clone goes. */
function* removeOrKeepParent(io: IoCtx, name: string, keep: boolean, onProgress: OnProgress): Task<void> {
  try {
    yield* removeImage(io, { name }, onProgress);
  } catch (error) {
    if (!keep || !isErrno(error, 'ENOTEMPTY') || (yield* hasOwnSnaps(io, name))) throw error;
    yield* moveToTrash(io, name, 0, 'user-parent');
  }
}

function* hasOwnSnaps(io: IoCtx, name: string): Task<boolean> {
  return yield* withImage(io, { name }, { readOnly: true, skipParent: true }, function* ({ header }) {
    return header.snaps.some(({ namespace }) => namespace.type !== 'trash');
  });
}
