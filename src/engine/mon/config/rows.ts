import type { RecordStore } from '../../base/records.ts';
import { CONFIG_OPTIONS } from './options.ts';
import { type ConfigRow, configState, rowName } from './state.ts';
import { type ConfigPlace, rankOf, settingOf } from './value.ts';

const KINDS = ['mon', 'mgr', 'osd', 'mds', 'client'];

/** All settings, in the order in which `ceph config dump` lists them. @ceph src/mon/ConfigMonitor.cc "config dump" — exact */
export function configRows(records: RecordStore): ConfigRow[] {
  const group = ({ section }: ConfigRow): number => KINDS.indexOf(section.split('.')[0] ?? '');
  return [...configState(records).rows].sort(
    (a, b) =>
      group(a) - group(b) || compare(a.section, b.section) || compare(a.name, b.name) || compare(a.mask, b.mask),
  );
}

/** Settings that hold for a daemon, one for each option, by name. */
export function rowsFor(records: RecordStore, who: string, place: ConfigPlace = {}): ConfigRow[] {
  const names = new Set(
    configState(records).rows.flatMap((row) => (rankOf(row, who, place) > 0 && fits(row.name, who) ? [row.name] : [])),
  );
  const rows: ConfigRow[] = [];
  for (const name of [...names].sort(compare)) {
    const { row } = CONFIG_OPTIONS.has(name) ? settingOf(records, who, name, place) : {};
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

/** Modules' options are the manager's alone. */
function fits(name: string, who: string): boolean {
  return !name.startsWith('mgr/') || who.startsWith('mgr');
}

/** Keys under which the monitor keeps settings and their history. */
export function configKeys(records: RecordStore): Map<string, string> {
  const { rows, history } = configState(records);
  const keys = new Map<string, string>();
  for (const row of rows) keys.set(`config/${rowName(row)}`, row.value);
  for (const { version, edits } of history) {
    keys.set(`config-history/${version}/`, `<<< binary blob of length 12 >>>`);
    for (const { row, from, to } of edits) {
      if (from !== null) keys.set(`config-history/${version}/-${rowName(row)}`, from);
      if (to !== null) keys.set(`config-history/${version}/+${rowName(row)}`, to);
    }
  }
  return keys;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
