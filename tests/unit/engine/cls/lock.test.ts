import { beforeEach, describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import { clsLock, type LockRequest } from '../../../../src/engine/codec/cls-lock-methods.ts';
import { MemoryObject } from '../../../helpers/memory-object.ts';

const LOCK: LockRequest = {
  name: 'rbd_lock',
  type: 'exclusive',
  cookie: 'auto 1',
  tag: 'internal',
  description: '',
  duration_us: 0,
  renew: 'no',
};
const NAME = { name: 'rbd_lock' };

let object: MemoryObject;
beforeEach(() => {
  object = new MemoryObject();
});

function lockAs(client: number, change: Partial<LockRequest> = {}): number {
  object.client = client;
  return object.errno(clsLock.lock, { ...LOCK, ...change });
}

describe('cls_lock', () => {
  it('creates the object, and tells who holds the lock', () => {
    expect(object.errno(clsLock.getInfo, NAME)).toBe(ERRNO.ENOENT);
    expect(lockAs(4100)).toBe(0);
    expect(object.call(clsLock.getInfo, NAME)).toEqual({
      type: 'exclusive',
      tag: 'internal',
      lockers: [{ client: 4100, cookie: 'auto 1', expiration_us: 0, address: '10.0.0.1:0/1', description: '' }],
    });
    expect(object.call(clsLock.listLocks, undefined)).toEqual(['rbd_lock']);
    expect([...object.xattrs.keys()]).toEqual(['lock.rbd_lock']);
  });

  it('is held by one, or shared by many of one tag', () => {
    lockAs(1);
    expect(lockAs(1)).toBe(ERRNO.EEXIST);
    expect(lockAs(1, { renew: 'may' })).toBe(0);
    expect(lockAs(2)).toBe(ERRNO.EBUSY);
    expect(lockAs(2, { type: 'shared' })).toBe(ERRNO.EBUSY);
    const shared: Partial<LockRequest> = { name: 'x', type: 'shared' };
    expect(lockAs(1, shared)).toBe(0);
    expect(lockAs(2, shared)).toBe(0);
    expect(lockAs(3, { ...shared, tag: 'other' })).toBe(ERRNO.EBUSY);
    expect(lockAs(3, { ...shared, type: 'exclusive' })).toBe(ERRNO.EBUSY);
    expect(object.call(clsLock.getInfo, { name: 'x' }).lockers.map(({ client }) => client)).toEqual([1, 2]);
  });

  it('refuses nonsense', () => {
    expect(lockAs(1, { name: '' })).toBe(ERRNO.EINVAL);
    expect(lockAs(1, { type: 'none' })).toBe(ERRNO.EINVAL);
    expect(lockAs(1, { renew: 'must' })).toBe(ERRNO.ENOENT);
  });

  it('is given up by its holder, or broken by another; its xattr stays', () => {
    const { name, cookie } = LOCK;
    expect(object.errno(clsLock.unlock, { name, cookie })).toBe(ERRNO.ENOENT);
    lockAs(1);
    object.client = 2;
    expect(object.errno(clsLock.unlock, { name, cookie })).toBe(ERRNO.ENOENT);
    expect(object.errno(clsLock.breakLock, { name, client: 1, cookie: 'no' })).toBe(ERRNO.ENOENT);
    expect(object.errno(clsLock.breakLock, { name, client: 1, cookie })).toBe(0);
    expect(object.call(clsLock.getInfo, NAME).lockers).toEqual([]);
    lockAs(2);
    expect(object.errno(clsLock.unlock, { name, cookie })).toBe(0);
    expect(object.xattrs.size).toBe(1);
    expect(lockAs(3, { type: 'shared', tag: 'new' })).toBe(0);
  });

  it('takes an ephemeral object with it', () => {
    lockAs(1, { type: 'exclusive-ephemeral' });
    object.call(clsLock.unlock, { name: LOCK.name, cookie: LOCK.cookie });
    expect(object.exists()).toBe(false);
  });

  it('runs out', () => {
    lockAs(1, { duration_us: 30e6 });
    object.clock_us += 30e6;
    expect(lockAs(2)).toBe(ERRNO.EBUSY);
    object.clock_us += 1;
    expect(lockAs(2)).toBe(0);
  });

  it('is asserted, and gets another cookie', () => {
    const { name, type, cookie, tag } = LOCK;
    const held = { name, type, cookie, tag };
    expect(object.errno(clsLock.assertLocked, held)).toBe(ERRNO.ENOENT);
    lockAs(1);
    expect(object.errno(clsLock.assertLocked, held)).toBe(0);
    expect(object.errno(clsLock.assertLocked, { ...held, tag: 'x' })).toBe(ERRNO.EBUSY);
    expect(object.errno(clsLock.setCookie, { ...held, newCookie: 'auto 2' })).toBe(0);
    expect(object.errno(clsLock.assertLocked, held)).toBe(ERRNO.EBUSY);
    expect(object.errno(clsLock.assertLocked, { ...held, cookie: 'auto 2' })).toBe(0);
    object.client = 2;
    expect(object.errno(clsLock.assertLocked, { ...held, cookie: 'auto 2' })).toBe(ERRNO.EBUSY);
  });
});
