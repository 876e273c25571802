import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** ENOENT; EEXIST for a name in use. */
export function* renameSnap(_image: ImageCtx, _from: string, _to: string): Task<void> {
  throw new AssertionError('being written');
}
