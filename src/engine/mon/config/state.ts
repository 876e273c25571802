import { type RecordStore, tableName } from '../../base/records.ts';

/** One setting of the monitor's configuration database. */
export interface ConfigRow {
  /** `global`, a kind of daemon (`osd`), or one of them (`osd.3`). */
  readonly section: string;
  /** Only for daemons on a host or with a device class: `host:ceph1`, `class:hdd`; else empty. */
  readonly mask: string;
  readonly name: string;
  readonly value: string;
}

/** A change of one setting; null where there is none before or after. */
export interface ConfigEdit {
  readonly row: Omit<ConfigRow, 'value'>;
  readonly from: string | null;
  readonly to: string | null;
}

/** What one command changed. */
export interface ConfigVersion {
  readonly version: number;
  readonly at_us: number;
  readonly note: string;
  readonly edits: readonly ConfigEdit[];
}

export interface ConfigState {
  readonly rows: readonly ConfigRow[];
  /** The newest first. */
  readonly history: readonly ConfigVersion[];
}

export const CONFIG = tableName<ConfigState>('config');
const CURRENT = 'current';
/** Versions that are kept. */
const MAX_HISTORY = 1000;

/** What the monitor sets by itself in a new cluster. @ceph src/mon/ConfigMonitor.cc, src/mon/AuthMonitor.cc create_initial */
const FIRST: ConfigRow = {
  section: 'mon',
  mask: '',
  name: 'auth_allow_insecure_global_id_reclaim',
  value: 'false',
};

const INITIAL: ConfigState = {
  rows: [FIRST],
  history: [{ version: 2, at_us: 0, note: '', edits: [{ row: FIRST, from: null, to: FIRST.value }] }],
};

export function configState(records: RecordStore): ConfigState {
  return records.table(CONFIG).get(CURRENT) ?? INITIAL;
}

/** How a row is called among the monitor's keys: `osd/host:ceph1/osd_max_backfills`. */
export function rowName({ section, mask, name }: Omit<ConfigRow, 'value'>): string {
  return [section, ...(mask === '' ? [] : [mask]), name].join('/');
}

/** Sets and removes settings as one version. Nothing happens where nothing changes. */
export function changeConfig(
  records: RecordStore,
  wanted: readonly { readonly row: Omit<ConfigRow, 'value'>; readonly to: string | null }[],
  at_us: number,
  note = '',
): void {
  const state = configState(records);
  const rows = new Map(state.rows.map((row) => [rowName(row), row]));
  const edits: ConfigEdit[] = [];
  for (const { row, to } of wanted) {
    const key = rowName(row);
    const from = rows.get(key)?.value ?? null;
    if (from === to) continue;
    if (to === null) rows.delete(key);
    else rows.set(key, { section: row.section, mask: row.mask, name: row.name, value: to });
    edits.push({ row, from, to });
  }
  if (edits.length === 0) return;
  const version = (state.history[0]?.version ?? 1) + 1;
  const history = [{ version, at_us, note, edits }, ...state.history].slice(0, MAX_HISTORY);
  records.table(CONFIG).set(CURRENT, { rows: [...rows.values()], history });
}
