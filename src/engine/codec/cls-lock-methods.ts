import { type ClsMethod, clsMethod } from './osd-op.ts';

/** How a lock is held. An ephemeral one takes its object with it when it is given up. */
export const LOCK_TYPES = ['none', 'exclusive', 'shared', 'exclusive-ephemeral'] as const;
export type LockType = (typeof LOCK_TYPES)[number];

/** Who holds a lock. */
export interface Locker {
  /** The client's number, as in `client.4123`. */
  readonly client: number;
  readonly cookie: string;
  /** When the lock runs out, since the Unix epoch; 0 for never. */
  readonly expiration_us: number;
  /** The client's address, `IP:PORT/NONCE`. */
  readonly address: string;
  readonly description: string;
}

/** What the xattr `lock.NAME` holds. */
export interface LockInfo {
  readonly type: LockType;
  readonly tag: string;
  /** In the order of clients and cookies. */
  readonly lockers: readonly Locker[];
}

export const NO_LOCK: LockInfo = { type: 'none', tag: '', lockers: [] };

export interface LockRequest {
  readonly name: string;
  readonly type: LockType;
  readonly cookie: string;
  readonly tag: string;
  readonly description: string;
  /** 0 for ever. */
  readonly duration_us: number;
  readonly renew: 'no' | 'may' | 'must';
}

function read<In, Out>(name: string): ClsMethod<In, Out> {
  return clsMethod('lock', name, 'read');
}

function write<In>(name: string): ClsMethod<In, void> {
  return clsMethod('lock', name, 'write');
}

/** Advisory locks in an object's xattrs (`cls_lock`). The locker is always the client that asks. */
export const clsLock = {
  /** Creates the object where it does not exist. EBUSY where another holds it, EEXIST where the same client and cookie do. */
  lock: write<LockRequest>('lock'),
  /** ENOENT where the asking client does not hold it. */
  unlock: write<{ readonly name: string; readonly cookie: string }>('unlock'),
  /** Takes it from another client. ENOENT where that one does not hold it. */
  breakLock: write<{ readonly name: string; readonly client: number; readonly cookie: string }>('break_lock'),
  /** A lock that nobody ever held gives {@link NO_LOCK}; one that was given up has no lockers. ENOENT for a missing object. */
  getInfo: read<{ readonly name: string }, LockInfo>('get_info'),
  /** Names, without the leading `lock.`. */
  listLocks: read<void, readonly string[]>('list_locks'),
  /** EBUSY unless the asking client holds it just so. To go in front of a write in one request. */
  assertLocked: write<{
    readonly name: string;
    readonly type: LockType;
    readonly cookie: string;
    readonly tag: string;
  }>('assert_locked'),
  /** Gives a held lock another cookie. */
  setCookie: write<{
    readonly name: string;
    readonly type: LockType;
    readonly cookie: string;
    readonly tag: string;
    readonly newCookie: string;
  }>('set_cookie'),
};
