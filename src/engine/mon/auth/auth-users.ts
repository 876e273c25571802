import { type RecordStore, tableName } from '../../base/records.ts';
import type { Rng } from '../../base/rng.ts';

/** Who has a key, and what they may do: who they ask (`mon`, `osd`) and the right that they have there. */
export interface AuthUser {
  readonly key: Uint8Array;
  /** The one that takes its place when it is committed. */
  readonly pendingKey?: Uint8Array;
  readonly caps: readonly (readonly [service: string, right: string])[];
}

const AUTH = tableName<AuthUser>('auth');
const STREAM = 'auth/key';
/** AES-256 with SHA-384, the kind of keys since 20.2. */
const KEY_TYPE = 2;
const SECRET_BYTES = 32;

/** By their names, as `client.admin`, in order. */
export function authUsers(records: RecordStore): [entity: string, user: AuthUser][] {
  return [...records.table(AUTH).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
}

export function findAuthUser(records: RecordStore, entity: string): AuthUser | undefined {
  return records.table(AUTH).get(entity);
}

export function putAuthUser(records: RecordStore, entity: string, user: AuthUser): void {
  records.table(AUTH).set(entity, user);
}

/** No error where there was none. */
export function removeAuthUser(records: RecordStore, entity: string): void {
  records.table(AUTH).delete(entity);
}

/** The one of that name, with a new key where there is none yet. @ceph src/mon/AuthMonitor.cc auth get-or-create — exact */
export function getOrCreateAuthUser(
  context: KeyContext & { readonly records: RecordStore },
  entity: string,
  caps: AuthUser['caps'],
): AuthUser {
  const found = findAuthUser(context.records, entity);
  if (found !== undefined) return found;
  const user = { key: newAuthKey(context), caps };
  putAuthUser(context.records, entity, user);
  return user;
}

/** What a new key takes from the cluster: chance, and the time. */
interface KeyContext {
  readonly rng: Rng;
  now_us(): number;
}

/** @ceph src/auth/Crypto.cc CryptoKey::encode — exact */
export function newAuthKey(context: KeyContext): Uint8Array {
  const { rng } = context;
  const now_us = context.now_us();
  const bytes = new Uint8Array(12 + SECRET_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, KEY_TYPE, true);
  view.setUint32(2, Math.floor(now_us / 1e6), true);
  view.setUint32(6, (now_us % 1e6) * 1000, true);
  view.setUint16(10, SECRET_BYTES, true);
  for (let at = 12; at < bytes.length; at += 4) view.setUint32(at, rng.uint32(STREAM), true);
  return bytes;
}
