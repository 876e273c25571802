import type { RecordStore } from '../../base/records.ts';
import { type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import {
  type AuthUser,
  authUsers,
  findAuthUser,
  getOrCreateAuthUser,
  newAuthKey,
  putAuthUser,
  removeAuthUser,
} from './auth-users.ts';

/** Somebody who has a key, and what it lets them do. Nobody is asked for it: this cluster trusts all. */
export interface AuthEntry extends AuthUser {
  readonly entity: string;
}

/** In order of their names. */
export function authEntries(records: RecordStore): AuthEntry[] {
  return authUsers(records).map(([entity, user]) => ({ ...user, entity }));
}

export function authEntry(records: RecordStore, entity: string): AuthEntry | undefined {
  const user = findAuthUser(records, entity);
  return user === undefined ? undefined : { ...user, entity };
}

export function putAuth({ context: { records } }: Monitor, { entity, ...user }: AuthEntry): void {
  putAuthUser(records, entity, user);
}

/** No error where there was none. */
export function removeAuth(monitor: Monitor, entity: string): void {
  monitor.received();
  removeAuthUser(monitor.context.records, entity);
}

/** A new key in place of the old one; one that is to come stays. */
export function rotateAuth(monitor: Monitor, was: AuthEntry): AuthEntry {
  monitor.received();
  const entry = { ...was, key: newAuthKey(monitor.context) };
  putAuth(monitor, entry);
  return entry;
}

/** Rights by service, in order of its name: `mon`, `allow r`. */
export type AuthCaps = AuthUser['caps'];

const ENTITY = /^(mon|mgr|osd|mds|client|auth)\..+$/;
const SERVICES = ['mon', 'osd', 'mgr', 'mds'];

/** Rights as a command gives them: service and text in turn; or why they are none. @ceph src/mon/AuthMonitor.cc valid_caps — the words that a text begins with */
export function capsOf(words: readonly string[]): AuthCaps | MonAnswer {
  if (words.length % 2 !== 0) return refused('EINVAL', 'bad capabilities request; odd number of arguments');
  const pairs: [string, string][] = [];
  for (let at = 0; at < words.length; at += 2) {
    const [service = '', text = ''] = words.slice(at, at + 2);
    if (!SERVICES.includes(service)) return refused('EINVAL', `unknown cap type '${service}'`);
    const rest = unreadPart(text);
    if (rest !== '') return refused('EINVAL', `${service} capability parse failed, stopped at '${rest}' of '${text}'`);
    pairs.push([service, text]);
  }
  return [...new Map(pairs)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** From where a text of rights makes no sense: each of its parts begins with `allow` or `profile`. */
function unreadPart(text: string): string {
  let read = 0;
  for (const part of text.split(/([,;])/)) {
    if (part !== ',' && part !== ';' && !/^\s*(allow|profile)\b/.test(part)) return text.slice(Math.max(0, read - 1));
    read += part.length;
  }
  return '';
}

export interface WantedAuth {
  readonly entity: string;
  readonly caps: readonly string[];
}

/**
 * The entry of somebody, made with a new key where there is none.
 *
 * @param given how an entry with other rights is refused
 */
export function getOrCreate(
  monitor: Monitor,
  { entity, caps }: WantedAuth,
  given: (caps: AuthCaps, was: AuthEntry) => string | undefined,
): AuthEntry | MonAnswer {
  monitor.received();
  if (!ENTITY.test(entity)) return refused('EINVAL', 'bad entity name');
  const wanted = capsOf(caps);
  if ('code' in wanted) return wanted;
  const was = authEntry(monitor.context.records, entity);
  if (was !== undefined) {
    const problem = given(wanted, was);
    return problem === undefined ? was : refused('EINVAL', problem);
  }
  return { ...getOrCreateAuthUser(monitor.context, entity, wanted), entity };
}

export function sameCaps(a: AuthCaps, b: AuthCaps): boolean {
  return a.length === b.length && a.every(([service, right]) => rightOf(b, service) === right);
}

/** The right that somebody has with a service. */
export function rightOf(caps: AuthCaps, service: string): string | undefined {
  return caps.find(([name]) => name === service)?.[1];
}
