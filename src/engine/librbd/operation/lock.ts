import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsLock, type LockInfo, NO_LOCK } from '../../codec/cls-lock-methods.ts';
import { blockLocker } from '../block-locker.ts';
import { RBD_LOCK_NAME } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** Who holds the image's lock, by hand or by writing. */
export function* getImageLock(image: ImageCtx): Task<LockInfo> {
  try {
    return yield* image.io.exec(image.headerOid, clsLock.getInfo, { name: RBD_LOCK_NAME });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return NO_LOCK;
    throw error;
  }
}

/**
 * `rbd lock add`: EBUSY where another holds it, EEXIST where this client does. A tag makes it shared.
 *
 * @ceph src/librbd/internal.cc lock — exact
 */
export function* addImageLock(image: ImageCtx, cookie: string, sharedTag: string | null): Task<void> {
  yield* image.io.exec(image.headerOid, clsLock.lock, {
    name: RBD_LOCK_NAME,
    type: sharedTag === null ? 'exclusive' : 'shared',
    cookie,
    tag: sharedTag ?? '',
    description: '',
    duration_us: 0,
    renew: 'no',
  });
}

/**
 * `rbd lock rm`: shuts the client out, then takes its lock away. ENOENT where that client does not hold it with that cookie.
 *
 * @ceph src/librbd/internal.cc break_lock — exact: a client with a lock of another cookie is shut out all the same
 */
export function* removeImageLock(image: ImageCtx, client: number, cookie: string): Task<void> {
  const { lockers } = yield* getImageLock(image);
  if (lockers.some((locker) => locker.client === client)) yield* blockLocker(image, client);
  yield* image.io.exec(image.headerOid, clsLock.breakLock, { name: RBD_LOCK_NAME, client, cookie });
}
