import { CephError, isErrno } from '../base/errno.ts';
import { type Task, waitUntil } from '../base/task.ts';
import { clsLock, type Locker } from '../codec/cls-lock-methods.ts';
import { FEATURE } from '../codec/rbd-types.ts';
import { isShutOut } from '../librados/shut-out.ts';
import { blockLocker } from './block-locker.ts';
import { findHandle } from './handles.ts';
import type { ImageCtx } from './image-ctx.ts';
import { closeJournal, refuseOrphan, startJournal } from './journal/start-journal.ts';
import { postNotify } from './notify.ts';
import { closeHeadMap, openHeadMap, rejoinHeadMap } from './object-map.ts';
import { refreshImage } from './refresh.ts';

export const RBD_LOCK_NAME = 'rbd_lock';
/** The tag of locks that librbd takes by itself; a lock made by hand has another. */
const RBD_LOCK_TAG = 'internal';
const COOKIE_PREFIX = 'auto ';
/** A client that is gone loses its watch after this long, and then its lock. */
const WATCH_TIMEOUT_US = 30_000_000;
const RETRY_US = 1_000_000;

/** What becomes of whoever finds a lock that somebody made by hand. */
type ByHand = 'wait' | 'refuse';

/**
 * Takes the exclusive lock, where the image has the feature: before the first write or change. Waits while another
 * holds it: a living client gives it up when it is asked; that of a dead one is broken, and the client shut out; one made by hand stays: a write
 * waits for it, an operation is refused. EROFS, also where the image is open for reading only.
 *
 * @ceph src/librbd/ManagedLock.cc, managed_lock/AcquireRequest.cc — exact in what is stored; operations are not sent
 * to a living owner, which gives its lock away instead
 */
export function* acquireLock(image: ImageCtx, byHand: ByHand = 'refuse'): Task<void> {
  if (image.readOnly) throw new CephError('EROFS', image.name);
  if (image.has(FEATURE.NON_PRIMARY) && !image.forMirroring) throw new CephError('EROFS', 'image is not primary');
  if (image.locked || !image.has(FEATURE.EXCLUSIVE_LOCK)) return;
  if (image.has(FEATURE.JOURNALING)) yield* refuseOrphan(image);
  while (!(yield* tryLock(image))) yield* waitForLock(image, byHand);
  image.locked = true;
  postNotify(image.io, image.headerOid, 'AcquiredLock', image.cookie);
  yield* refreshImage(image);
  if (image.has(FEATURE.OBJECT_MAP)) image.objectMap = yield* openHeadMap(image);
  if (image.has(FEATURE.JOURNALING)) yield* startJournalOrUnlock(image);
}

/** Whoever cannot play the journal back does not keep the lock. */
function* startJournalOrUnlock(image: ImageCtx): Task<void> {
  try {
    yield* startJournal(image);
  } catch (error) {
    yield* releaseLock(image);
    throw error;
  }
}

/** Gives the lock up, once requests under way have ended. */
export function* releaseLock(image: ImageCtx): Task<void> {
  if (!image.locked) return;
  yield* waitUntil('requests under way', () => image.busy === 0);
  yield* closeJournal(image);
  if (image.objectMap !== null) yield* closeHeadMap(image);
  image.objectMap = null;
  image.locked = false;
  yield* unlock(image);
  postNotify(image.io, image.headerOid, 'ReleasedLock', image.cookie);
}

function* unlock(image: ImageCtx): Task<void> {
  try {
    yield* image.io.exec(image.headerOid, clsLock.unlock, { name: RBD_LOCK_NAME, cookie: lockCookie(image) });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** Takes notice of the lock where this handle's client has it already. Only reads. */
export function* rejoinLock(image: ImageCtx): Task<void> {
  if (!image.has(FEATURE.EXCLUSIVE_LOCK)) return;
  const { lockers } = yield* image.io.exec(image.headerOid, clsLock.getInfo, { name: RBD_LOCK_NAME });
  const own = ({ client, cookie }: Locker) => client === image.io.rados.clientId && cookie === lockCookie(image);
  if (!lockers.some(own)) return;
  if (image.has(FEATURE.OBJECT_MAP)) image.objectMap = yield* rejoinHeadMap(image);
  // Where the map cannot be read, the lock is taken anew at the next write, which sees to the map.
  image.locked = image.objectMap !== null || !image.has(FEATURE.OBJECT_MAP);
}

function lockCookie(image: ImageCtx): string {
  return `${COOKIE_PREFIX}${image.cookie}`;
}

function* tryLock(image: ImageCtx): Task<boolean> {
  try {
    yield* image.io.exec(image.headerOid, clsLock.lock, {
      name: RBD_LOCK_NAME,
      type: 'exclusive',
      cookie: lockCookie(image),
      tag: RBD_LOCK_TAG,
      description: '',
      duration_us: 0,
      renew: 'no',
    });
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return true;
    if (isErrno(error, 'EBUSY')) return false;
    throw error;
  }
}

function* waitForLock(image: ImageCtx, byHand: ByHand): Task<void> {
  const { tag, lockers } = yield* image.io.exec(image.headerOid, clsLock.getInfo, { name: RBD_LOCK_NAME });
  const [locker] = lockers;
  if (locker === undefined) return;
  if (tag !== RBD_LOCK_TAG) {
    if (byHand === 'refuse') throw new CephError('EROFS', `locked by hand: ${locker.cookie}`);
    yield* waitUntil(`the lock '${locker.cookie}' made by hand`, () => false);
  }
  const owner = findHandle(image, locker.client, Number(locker.cookie.slice(COOKIE_PREFIX.length)));
  if (owner === undefined || isShutOut(owner.io.rados)) return yield* breakDeadLock(image, locker);
  // It may be about to take notice of its lock; where what asked for that was stopped, it never does.
  if (!owner.locked) yield RETRY_US;
  if (owner.locked) yield* releaseLock(owner);
  else yield* unlock(owner);
}

function* breakDeadLock(image: ImageCtx, locker: Locker): Task<void> {
  for (let waited_us = 0; waited_us < WATCH_TIMEOUT_US; waited_us += RETRY_US) {
    const watchers = yield* image.io.listWatchers(image.headerOid);
    if (!watchers.some(({ client }) => client === locker.client)) break;
    yield RETRY_US;
  }
  const { client, cookie } = locker;
  // A client that outlives what it has left behind does not shut itself out.
  if (client !== image.io.rados.clientId) yield* blockLocker(image, client);
  try {
    yield* image.io.exec(image.headerOid, clsLock.breakLock, { name: RBD_LOCK_NAME, client, cookie });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
