import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';

/**
 * Removes a user snapshot; with format 2 clones it moves to the trash namespace. ENOENT, EBUSY while it is protected.
 */
export function* removeSnap(_image: ImageCtx, _name: string, _onProgress: OnProgress = NO_PROGRESS): Task<void> {
  throw new AssertionError('being written');
}
