import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageTarget } from '../open.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';

/**
 * Removes an image with all its objects. Without error where a part is gone already (a removal that was stopped).
 * ENOENT; ENOTEMPTY with snapshots (ECHILD where clones hang on trashed ones); EBUSY with watchers; EMLINK in a group.
 */
export function* removeImage(_io: IoCtx, _target: ImageTarget, _onProgress: OnProgress = NO_PROGRESS): Task<void> {
  throw new AssertionError('being written');
}
