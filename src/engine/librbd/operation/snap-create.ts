import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';

/** Makes a snapshot. EEXIST for a name in use, EDQUOT over the limit (an id is used up all the same). */
export function* createSnap(_image: ImageCtx, _name: string, _onProgress: OnProgress = NO_PROGRESS): Task<void> {
  throw new AssertionError('being written');
}
