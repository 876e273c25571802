import { type RecordStore, type Table, tableName } from '../base/records.ts';
import type { ObjectStore } from '../os/object-store.ts';
import type { EVersion, Onode } from '../os/onode.ts';
import { compareVersions } from './pg.ts';

/** An object that an OSD of the acting set lacks, or has in an older version: `pg_missing_t`. */
export interface MissingRow {
  readonly osd: number;
  readonly key: string;
  readonly need: EVersion;
}

/** The missing sets of all OSDs that act for a PG. */
export function missingTable(records: RecordStore, pgid: string): Table<MissingRow> {
  return records.table(tableName<MissingRow>(`missing/${pgid}`));
}

export function missingKey(osd: number, key: string): string {
  return `${osd} ${key}`;
}

/** Every object that a PG has, and its version, as an OSD with the newest log knows: its store, and what it lacks itself. */
export function authoritativeVersions(
  store: ObjectStore,
  missing: Iterable<MissingRow>,
  pool: number,
  seed: number,
): Map<string, EVersion> {
  const versions = new Map<string, EVersion>();
  for (const [key, onode] of store.collection(pool, seed).entries()) versions.set(key, onode.info.version);
  for (const { osd, key, need } of missing) if (osd === store.osd) versions.set(key, need);
  return versions;
}

/**
 * Brings an OSD's missing set up to date with what the PG has: rows for what it lacks, and what the PG no longer has is
 * removed from it.
 * @ceph src/osd/PGLog.h merge_log, proc_replica_log — the same sets, told from the objects in place of the log's entries
 */
export function compareWithPg(
  table: Table<MissingRow>,
  store: ObjectStore,
  versions: ReadonlyMap<string, EVersion>,
  pool: number,
  seed: number,
): void {
  const collection = store.collection(pool, seed);
  for (const key of [...collection.keys()]) if (!versions.has(key)) collection.delete(key);
  for (const [key, need] of versions) {
    const row = missingKey(store.osd, key);
    if (isCurrent(collection.get(key), need)) table.delete(row);
    else if (!sameNeed(table.get(row), need)) table.set(row, { osd: store.osd, key, need });
  }
  dropRows(table, ({ osd, key }) => osd === store.osd && !versions.has(key));
}

/** What these OSDs lack, the primary's first: without its copy nothing can be read. */
export function missingOf(table: Table<MissingRow>, acting: readonly number[]): MissingRow[] {
  if (table.size === 0) return [];
  const rows = [...table.values()].filter(({ osd }) => acting.includes(osd));
  return rows.sort((a, b) => acting.indexOf(a.osd) - acting.indexOf(b.osd) || (a.key < b.key ? -1 : 1));
}

export function dropRows(table: Table<MissingRow>, gone: (row: MissingRow) => boolean): void {
  if (table.size === 0) return;
  for (const row of [...table.values()]) if (gone(row)) table.delete(missingKey(row.osd, row.key));
}

/** An OSD's onode in the version that is needed, from any of the stores; undefined where none has it. */
export function findCopy(
  stores: Iterable<ObjectStore>,
  pool: number,
  seed: number,
  { key, need }: MissingRow,
): Onode | undefined {
  for (const store of stores) {
    const onode = store.collection(pool, seed).get(key);
    if (isCurrent(onode, need)) return onode;
  }
  return undefined;
}

/** True where this is the version that is needed. */
export function isCurrent(onode: Onode | undefined, need: EVersion): onode is Onode {
  return onode !== undefined && compareVersions(onode.info.version, need) === 0;
}

function sameNeed(row: MissingRow | undefined, need: EVersion): boolean {
  return row !== undefined && compareVersions(row.need, need) === 0;
}
