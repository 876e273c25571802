import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { emitImage } from '../events.ts';
import { withImage } from '../open.ts';
import { preRemove } from '../operation/pre-remove.ts';
import { tellProgress } from '../operation/tell-progress.ts';
import { trimImage } from '../operation/trim.ts';
import type { OnProgress } from '../progress.ts';
import { removeFromOldDirectory } from './directory.ts';
import { oldHeaderName } from './names.ts';

export interface RemoveOptions {
  /** An image in migration goes as well. */
  readonly ignoreMigrating?: boolean;
}

/**
 * Removes an image of format 1: data, header, name. A removal that was stopped is ended by the next. ENOENT where
 * there is neither header nor name; else as for other images.
 *
 * @ceph src/librbd/image/RemoveRequest.cc remove_v1_image — exact
 */
export function* removeOldImage(
  io: IoCtx,
  name: string,
  onProgress: OnProgress,
  options: RemoveOptions = {},
): Task<void> {
  const hadHeader = yield* removeContent(io, name, onProgress, options);
  try {
    yield* removeFromOldDirectory(io, name);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    if (!hadHeader) throw new CephError('ENOENT', `image ${name}`);
  }
}

/** False where the header is gone already. */
function* removeContent(io: IoCtx, name: string, onProgress: OnProgress, options: RemoveOptions): Task<boolean> {
  try {
    yield* withImage(io, { name, oldFormat: true }, options, function* (image) {
      yield* preRemove(image, options.ignoreMigrating === true);
      yield* trimImage(image, image.header.size, 0, tellProgress(image, 'remove', onProgress));
      emitImage(image, { type: 'rbd/image-removed' });
    });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
  yield* io.remove(oldHeaderName(name));
  return true;
}
