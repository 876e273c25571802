import { CephError } from '../base/errno.ts';
import { type PythonMembers, type PythonValue, pythonJson } from '../base/python-json.ts';
import { readPythonJson } from '../base/python-json-read.ts';
import type { RecordStore } from '../base/records.ts';
import { utcText } from '../codec/utc-text.ts';
import { allKeys, keyValue, removeKey, setKey } from './config/keys.ts';
import { momentOf_us } from './python-time.ts';

/** What is kept of the crash of a daemon: what was posted of it, and when it was archived. */
export type Crash = PythonMembers;

/** Where the manager's module crash keeps them. */
const PREFIX = 'mgr/crash/crash/';
const DAY_US = 86_400_000_000;

/** All that are kept, by their ids, in order. */
export function crashes(records: RecordStore): ReadonlyMap<string, Crash> {
  const found = new Map<string, Crash>();
  for (const [key, value] of allKeys(records)) {
    const crash = key.startsWith(PREFIX) ? kept(value) : null;
    if (crash !== null) found.set(key.slice(PREFIX.length), crash);
  }
  return found;
}

/** Null where somebody put something else there. */
function kept(text: string): Crash | null {
  const value = readPythonJson(text);
  return isMembers(value) && typeof value.get('timestamp') === 'string' ? value : null;
}

/** A text member; undefined where it is not there, or no text. */
export function crashText(crash: Crash, name: string): string | undefined {
  const value = crash.get(name);
  return typeof value === 'string' ? value : undefined;
}

/**
 * A crash as somebody posts it, checked.
 *
 * @throws EINVAL with Python's words, where it is no JSON or lacks what it must have
 * @ceph src/pybind/mgr/crash/module.py validate_crash_metadata — exact, but that an id that is no text is refused
 */
export function readCrash(text: string): { readonly id: string; readonly crash: Crash } {
  const value = readPythonJson(text);
  const crash = isMembers(value) ? value : new Map<string, PythonValue>();
  for (const name of ['crash_id', 'timestamp'])
    if (!crash.has(name)) throw new CephError('EINVAL', `missing '${name}' field`);
  const [id, timestamp] = [crash.get('crash_id'), crash.get('timestamp')];
  if (typeof timestamp !== 'string')
    throw new CephError('EINVAL', `'${typeName(timestamp)}' object has no attribute 'rstrip'`);
  momentOf_us(timestamp);
  if (typeof id !== 'string') throw new CephError('EINVAL', "field 'crash_id' is no text");
  return { id, crash };
}

/** One that is there already stays as it is. */
export function keepCrash(records: RecordStore, id: string, crash: Crash): void {
  if (keyValue(records, PREFIX + id) === undefined) setKey(records, PREFIX + id, pythonJson(crash));
}

export function removeCrash(records: RecordStore, id: string): void {
  removeKey(records, PREFIX + id);
}

/** Nothing where it was archived before. */
export function archiveCrash(records: RecordStore, id: string, now_us: number): void {
  const crash = crashes(records).get(id);
  if (crash === undefined || crash.has('archived')) return;
  const at = utcText(now_us)
    .replace('T', ' ')
    .replace('+0000', '')
    .replace(/\.000000$/, '');
  setKey(records, PREFIX + id, pythonJson(new Map([...crash, ['archived', at]])));
}

/** Forgets those that are so many days old. */
export function pruneCrashes(records: RecordStore, keep_days: number, now_us: number): void {
  for (const [id, crash] of crashes(records))
    if (crashedAt_us(crash) <= now_us - keep_days * DAY_US) removeCrash(records, id);
}

/** When it happened, in microseconds since the Unix epoch. */
export function crashedAt_us(crash: Crash): number {
  return momentOf_us(crashText(crash, 'timestamp') ?? '');
}

function isMembers(value: PythonValue): value is PythonMembers {
  return value instanceof Map;
}

function typeName(value: PythonValue | undefined): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'int';
  if (typeof value === 'string') return 'str';
  if (value instanceof Map) return 'dict';
  return Array.isArray(value) ? 'list' : 'float';
}
