import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** Lets format 1 clones hang on a snapshot. ENOENT, EBUSY where it is protected already, ENOSYS without layering. */
export function* protectSnap(_image: ImageCtx, _name: string): Task<void> {
  throw new AssertionError('being written');
}
