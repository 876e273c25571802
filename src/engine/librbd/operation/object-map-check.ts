import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';

/** Compares object map and objects, and flags a wrong map as invalid. EINVAL without the feature. */
export function* checkObjectMap(_image: ImageCtx, _onProgress: OnProgress = NO_PROGRESS): Task<void> {
  throw new AssertionError('being written');
}

/** Makes the object maps anew from the objects. EINVAL without the feature. */
export function* rebuildObjectMap(_image: ImageCtx, _onProgress: OnProgress = NO_PROGRESS): Task<void> {
  throw new AssertionError('being written');
}
