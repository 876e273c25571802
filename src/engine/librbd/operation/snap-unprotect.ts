import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** ENOENT, EINVAL where it is not protected, EBUSY with format 1 clones in any pool. */
export function* unprotectSnap(_image: ImageCtx, _name: string): Task<void> {
  throw new AssertionError('being written');
}
