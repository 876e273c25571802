import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';

/** Gives an image another name in its pool and namespace. ENOENT; EEXIST for a name in use, its own too. */
export function* renameImage(_io: IoCtx, _from: string, _to: string): Task<void> {
  throw new AssertionError('being written');
}
