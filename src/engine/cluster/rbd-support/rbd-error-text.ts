import { CephError, ERRNO, type ErrnoName, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';

/** What Python's module rbd calls errors. @ceph src/pybind/rbd/rbd.pyx errno_to_exception — exact */
const MEANING: Readonly<Partial<Record<ErrnoName, string>>> = {
  EPERM: 'RBD permission error',
  ENOENT: 'RBD image not found',
  EIO: 'RBD I/O error',
  ENOSPC: 'RBD insufficient space available',
  EEXIST: 'RBD image already exists',
  EINVAL: 'RBD invalid argument',
  EROFS: 'RBD read-only image',
  EBUSY: 'RBD image is busy',
  ENOTEMPTY: 'RBD image has snapshots',
  ENOSYS: 'RBD function not supported',
  EOPNOTSUPP: 'RBD operation not supported',
  EDOM: 'RBD arguments out of range',
  ETIMEDOUT: 'RBD operation timeout',
  EDQUOT: 'RBD disk quota exceeded',
  EMLINK: 'RBD image is member of group',
  ECANCELED: 'RBD operation canceled',
  EBLOCKLISTED: 'RBD connection was shutdown',
};

/** An error as the manager's modules word it: `[errno 2] RBD image not found (what)`. */
export function rbdErrorText(errno: number, what: string): string {
  const [, meaning] = Object.entries(MEANING).find(([name]) => isNamed(name, errno)) ?? [];
  return `[errno ${errno}] ${meaning === undefined ? what : `${meaning} (${what})`}`;
}

function isNamed(name: string, errno: number): boolean {
  return Object.entries(ERRNO).some(([other, number]) => other === name && number === errno);
}

/** Refuses with what the module's command answers. */
export function rbdError(name: ErrnoName, what: string): CephError {
  return new CephError(name, rbdErrorText(ERRNO[name], what));
}

/** What there is no pool of that name for. */
export function noSuchPoolError(what: string): CephError {
  return new CephError('ENOENT', `[errno 2] RADOS object not found (${what})`);
}

/** Writes to an object; ENOENT in the words of the manager where there is none. */
export function* orNoObject(oid: string, write: Task<void>): Task<void> {
  try {
    yield* write;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw noSuchPoolError(`Failed to operate write op for oid ${oid}`);
    throw error;
  }
}
