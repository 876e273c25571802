import { AssertionError } from '../../base/assert.ts';
import type { Task } from '../../base/task.ts';
import type { LockInfo } from '../../codec/cls-lock-methods.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** Who holds the image's lock, by hand or by writing. */
export function* getImageLock(_image: ImageCtx): Task<LockInfo> {
  throw new AssertionError('being written');
}

/** `rbd lock add`: EBUSY where another holds it, EEXIST where this client does. A tag makes it shared. */
export function* addImageLock(_image: ImageCtx, _cookie: string, _sharedTag: string | null): Task<void> {
  throw new AssertionError('being written');
}

/** `rbd lock rm`. ENOENT where that client does not hold it with that cookie. */
export function* removeImageLock(_image: ImageCtx, _client: number, _cookie: string): Task<void> {
  throw new AssertionError('being written');
}
