import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { DirectoryPair } from '../../codec/cls-rbd-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';

/** Images of the pool and namespace, in order of their names. */
export function* listImages(_io: IoCtx): Task<DirectoryPair[]> {
  throw new AssertionError('being written');
}
