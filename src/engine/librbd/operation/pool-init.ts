import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';

/** `rbd pool init`: tags the pool with application rbd, checks that it can hold images, makes `rbd_trash`. */
export function* initPool(_io: IoCtx): Task<void> {
  throw new AssertionError('being written');
}
