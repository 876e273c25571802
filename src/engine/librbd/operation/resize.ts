import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';

/** Grows or shrinks an image. EINVAL for a shrink without `allowShrink`, and for sizes that an object map cannot hold. */
export function* resizeImage(
  _image: ImageCtx,
  _size: number,
  _allowShrink: boolean,
  _onProgress: OnProgress = NO_PROGRESS,
): Task<void> {
  throw new AssertionError('being written');
}
