import { type RecordStore, tableName } from '../../base/records.ts';

/** What a running daemon was told to go by, until it stops: values by `osd.1/osd_max_scrubs`. */
export const OVERRIDES = tableName<string>('config-overrides');

/** @ceph src/common/config.cc CONF_OVERRIDE — exact: above all that the monitor and the file say */
export function overrideOf(records: RecordStore, who: string, name: string): string | undefined {
  return records.table(OVERRIDES).get(`${who}/${name}`);
}

/** Sets an option of one daemon; undefined takes it back. */
export function setOverride(records: RecordStore, who: string, name: string, value: string | undefined): void {
  if (value === undefined) records.table(OVERRIDES).delete(`${who}/${name}`);
  else records.table(OVERRIDES).set(`${who}/${name}`, value);
}

/** A daemon's process has ended. */
export function dropOverrides(records: RecordStore, who: string): void {
  const table = records.table(OVERRIDES);
  for (const key of [...table.keys()]) if (key.startsWith(`${who}/`)) table.delete(key);
}
