import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';

/** Makes the head what the snapshot is, its size too. ENOENT. */
export function* rollbackSnap(_image: ImageCtx, _name: string, _onProgress: OnProgress = NO_PROGRESS): Task<void> {
  throw new AssertionError('being written');
}
