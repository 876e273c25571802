import { CephError } from '../base/errno.ts';
import { decodeLockInfo, encodeLockInfo, LOCK_XATTR_PREFIX } from '../codec/cls-lock-codec.ts';
import {
  type LockInfo,
  type LockRequest,
  type LockType,
  clsLock as methods,
  NO_LOCK,
} from '../codec/cls-lock-methods.ts';
import { type ClsHandler, implement } from './cls-handler.ts';
import type { ObjectContext } from './object-context.ts';
import { decodeValue } from './omap-values.ts';

/** @ceph src/cls/lock/cls_lock.cc — exact */
export const LOCK_HANDLERS: readonly ClsHandler[] = [
  implement(methods.lock, lock),
  implement(methods.unlock, (object, { name, cookie }) => removeLock(object, name, object.client, cookie)),
  implement(methods.breakLock, (object, { name, client, cookie }) => removeLock(object, name, client, cookie)),
  implement(methods.getInfo, (object, { name }) => readLock(object, name)),

  implement(methods.listLocks, (object) =>
    object
      .xattrNames()
      .filter((name) => name.startsWith(LOCK_XATTR_PREFIX))
      .map((name) => name.slice(LOCK_XATTR_PREFIX.length)),
  ),

  implement(methods.assertLocked, (object, held) => {
    requireHeld(object, held);
  }),

  implement(methods.setCookie, (object, held) => {
    const info = requireHeld(object, held);
    const { newCookie } = held;
    if (info.lockers.some((locker) => locker.client === object.client && locker.cookie === newCookie))
      throw new CephError('EBUSY', `cookie ${newCookie} in use`);
    const lockers = info.lockers.map((locker) =>
      locker.client === object.client && locker.cookie === held.cookie ? { ...locker, cookie: newCookie } : locker,
    );
    writeLock(object, held.name, { ...info, lockers });
  }),
];

/** @ceph src/cls/lock/cls_lock.cc lock_obj — exact */
function lock(object: ObjectContext, request: LockRequest): void {
  const { name, type, cookie, tag, description, duration_us, renew } = request;
  if (type === 'none' || name === '') throw new CephError('EINVAL', 'lock');
  const info = object.exists() ? readLock(object, name) : NO_LOCK;
  if (info.lockers.length > 0 && tag !== info.tag) throw new CephError('EBUSY', `tag of lock ${name}`);
  const others = info.lockers.filter((locker) => locker.client !== object.client || locker.cookie !== cookie);
  const held = others.length < info.lockers.length;
  if (held && renew === 'no') throw new CephError('EEXIST', `lock ${name}`);
  if (!held && renew === 'must') throw new CephError('ENOENT', `lock ${name}`);
  if (others.length > 0 && (type !== 'shared' || info.type !== type)) throw new CephError('EBUSY', `lock ${name}`);
  const expiration_us = duration_us === 0 ? 0 : object.now_us() + duration_us;
  const locker = { client: object.client, cookie, expiration_us, address: object.clientAddress, description };
  writeLock(object, name, { type, tag, lockers: [...others, locker] });
}

/** @ceph src/cls/lock/cls_lock.cc remove_lock — exact */
function removeLock(object: ObjectContext, name: string, client: number, cookie: string): void {
  if (!object.exists()) throw new CephError('ENOENT', `lock ${name}`);
  const info = readLock(object, name);
  const lockers = info.lockers.filter((locker) => locker.client !== client || locker.cookie !== cookie);
  if (lockers.length === info.lockers.length) throw new CephError('ENOENT', `lock ${name}`);
  if (info.type === 'exclusive-ephemeral') object.remove();
  else writeLock(object, name, { ...info, lockers });
}

interface HeldLock {
  readonly name: string;
  readonly type: LockType;
  readonly cookie: string;
  readonly tag: string;
}

/** The lock, which the asking client must hold just so. @ceph src/cls/lock/cls_lock.cc assert_locked — exact */
function requireHeld(object: ObjectContext, { name, type, cookie, tag }: HeldLock): LockInfo {
  if (type === 'none' || name === '') throw new CephError('EINVAL', 'lock');
  if (!object.exists()) throw new CephError('ENOENT', `lock ${name}`);
  const info = readLock(object, name);
  const holds = info.lockers.some((locker) => locker.client === object.client && locker.cookie === cookie);
  if (info.type !== type || info.tag !== tag || !holds) throw new CephError('EBUSY', `lock ${name}`);
  return info;
}

/** The lock without the lockers whose time is over. */
function readLock(object: ObjectContext, name: string): LockInfo {
  const bytes = object.getXattr(LOCK_XATTR_PREFIX + name);
  if (bytes === undefined) return NO_LOCK;
  const info = decodeValue(name, bytes, decodeLockInfo);
  const now_us = object.now_us();
  return {
    ...info,
    lockers: info.lockers.filter((locker) => !(locker.expiration_us > 0 && locker.expiration_us < now_us)),
  };
}

function writeLock(object: ObjectContext, name: string, info: LockInfo): void {
  object.setXattr(LOCK_XATTR_PREFIX + name, encodeLockInfo(info));
}
