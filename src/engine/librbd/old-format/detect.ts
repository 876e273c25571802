import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { oldHeaderName } from './names.ts';

/** True where there is an image of format 1 of that name. */
export function* hasOldImage(io: IoCtx, name: string): Task<boolean> {
  try {
    yield* io.stat(oldHeaderName(name));
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}
