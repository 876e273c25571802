import { type RecordStore, type Table, tableName } from '../base/records.ts';
import type { EVersion } from '../os/onode.ts';
import { compareVersions } from './pg.ts';

/** What a write did to an object: `pg_log_entry_t`, as far as this cluster uses it. */
export interface PgLogEntry {
  readonly op: 'modify' | 'clone' | 'delete';
  readonly version: EVersion;
  readonly priorVersion: EVersion;
  /** Key of the object in the PG's table. */
  readonly key: string;
  readonly mtime_us: number;
  /** The client that asked for it; 0 for the OSD itself. */
  readonly client: number;
}

/**
 * Entries that a PG's log keeps.
 * @ceph src/osd/PeeringState.cc calc_trim_to — by osd_max_pg_log_entries alone, which is what OSDs with up to 30 PGs keep
 */
const MAX_LOG_ENTRIES = 10_000;
/** @ceph src/common/options/osd.yaml.in osd_pg_log_trim_min */
const TRIM_MIN = 100;

/** The log of a PG by version, oldest first. All OSDs that hold the PG share it: a write reaches all of them or none. */
export function pgLog(records: RecordStore, pgid: string): Table<PgLogEntry> {
  return records.table(tableName<PgLogEntry>(`pglog/${pgid}`));
}

export function logKey({ epoch, version }: EVersion): string {
  return `${epoch}'${version}`;
}

/** Adds an entry. Gives the new tail where old entries had to go, else null. */
export function appendLog(log: Table<PgLogEntry>, entry: PgLogEntry): EVersion | null {
  log.set(logKey(entry.version), entry);
  if (log.size < MAX_LOG_ENTRIES + TRIM_MIN) return null;
  const oldest = logEntries(log).slice(0, log.size - MAX_LOG_ENTRIES);
  for (const { version } of oldest) log.delete(logKey(version));
  return oldest.at(-1)?.version ?? null;
}

/** Entries in order: a table's own order is lost when records are brought back. */
export function logEntries(log: Table<PgLogEntry>): PgLogEntry[] {
  return [...log.values()].sort((a, b) => compareVersions(a.version, b.version));
}

/** Drops entries after `head`: they were made in a history that the PG did not go on from. */
export function rewindLog(log: Table<PgLogEntry>, head: EVersion): void {
  for (const { version } of [...log.values()]) if (compareVersions(version, head) > 0) log.delete(logKey(version));
}
