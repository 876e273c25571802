import { type RecordStore, tableName } from '../../base/records.ts';
import { configKeys } from './rows.ts';

/** What people and modules keep with the monitors under a name. */
const KEYS = tableName<string>('config-key');

/** What the manager keeps from the start. */
const FIRST_KEYS: ReadonlyMap<string, string> = new Map([
  ['mgr/telemetry/collection', '[]'],
  ['mgr/telemetry/report_id', '00000000-0000-4000-8000-7e1e3e712900'],
  ['mgr/telemetry/salt', '00000000-0000-4000-8000-7e1e3e712901'],
]);

/** All keys with their values, in order; settings and their history are among them. */
export function allKeys(records: RecordStore): [key: string, value: string][] {
  const keys = new Map([...FIRST_KEYS, ...configKeys(records), ...records.table(KEYS).entries()]);
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
}

export function keyValue(records: RecordStore, key: string): string | undefined {
  return records.table(KEYS).get(key) ?? configKeys(records).get(key) ?? FIRST_KEYS.get(key);
}

export function setKey(records: RecordStore, key: string, value: string): void {
  records.table(KEYS).set(key, value);
}

/** False where there was none. */
export function removeKey(records: RecordStore, key: string): boolean {
  const table = records.table(KEYS);
  if (!table.has(key)) return false;
  table.delete(key);
  return true;
}
