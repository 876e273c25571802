import { type RecordStore, type Table, tableName } from '../base/records.ts';
import type { ObjectStore, Transaction } from '../os/object-store.ts';
import type { EVersion, Onode } from '../os/onode.ts';
import { compareVersions } from './pg.ts';

/** An object that an OSD of the acting set, or one that recovers beside it, lacks, or has in an older version: `pg_missing_t`. */
export interface MissingRow {
  /** The OSD; in erasure pools with its shard (`pgShard`). */
  readonly id: number;
  readonly key: string;
  readonly need: EVersion;
}

const MISSING = tableName<MissingRow>('missing');

/** The missing sets of all OSDs that act for a PG. */
export function missingTable(records: RecordStore, pgid: string): Table<MissingRow> {
  return records.memberTable(MISSING, pgid);
}

export function missingKey(id: number, key: string): string {
  return `${id} ${key}`;
}

/** Every object that a PG has, and its version, as an OSD with the newest log knows: its store, and what it lacks itself. */
export function authoritativeVersions(
  store: ObjectStore,
  missing: readonly MissingRow[],
  pool: number,
  seed: number,
): ReadonlyMap<string, EVersion> {
  const objects = store.collection(pool, seed);
  if (objects.size === 0 && missing.length === 0) return NO_VERSIONS;
  const versions = new Map<string, EVersion>();
  for (const [key, onode] of objects.entries()) versions.set(key, onode.info.version);
  for (const { id, key, need } of missing) if (id === store.id) versions.set(key, need);
  return versions;
}

const NO_VERSIONS: ReadonlyMap<string, EVersion> = new Map();

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
  if (collection.size === 0 && versions.size === 0 && table.size === 0) return;
  for (const key of [...collection.keys()]) if (!versions.has(key)) collection.delete(key);
  for (const [key, need] of versions) {
    const row = missingKey(store.id, key);
    if (isCurrent(collection.get(key), need)) table.delete(row);
    else if (!sameNeed(table.get(row), need)) table.set(row, { id: store.id, key, need });
  }
  dropRows(table, ({ id, key }) => id === store.id && !versions.has(key));
}

/** What these OSDs lack, the primary's first: without its copy nothing can be read. */
export function missingOf(table: Table<MissingRow>, members: readonly number[]): MissingRow[] {
  if (table.size === 0) return [];
  const rows = [...table.values()].filter(({ id }) => members.includes(id));
  return rows.sort((a, b) => members.indexOf(a.id) - members.indexOf(b.id) || (a.key < b.key ? -1 : 1));
}

/** True where an OSD lacks an object that a transaction changes, or makes another one of. */
export function lacksAny(table: Table<MissingRow>, { id }: ObjectStore, { puts, removes }: Transaction): boolean {
  if (table.size === 0) return false;
  const keys = [...puts.flatMap(({ key, keeps }) => (keeps === null ? [key] : [key, keeps.key])), ...removes];
  return keys.some((key) => table.has(missingKey(id, key)));
}

/** An OSD that is passed over by a transaction lacks what comes of it. */
export function noteLacking(
  table: Table<MissingRow>,
  collection: Table<Onode>,
  id: number,
  { puts, removes }: Transaction,
): void {
  for (const { key, onode } of puts) table.set(missingKey(id, key), { id, key, need: onode.info.version });
  for (const key of removes) {
    table.delete(missingKey(id, key));
    collection.delete(key);
  }
}

/** How many objects each OSD lacks. */
export function missingCounts(table: Table<MissingRow>): ReadonlyMap<number, number> {
  if (table.size === 0) return NO_COUNTS;
  const counts = new Map<number, number>();
  for (const { id } of table.values()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const NO_COUNTS: ReadonlyMap<number, number> = new Map();

export function dropRows(table: Table<MissingRow>, gone: (row: MissingRow) => boolean): void {
  if (table.size === 0) return;
  for (const row of [...table.values()]) if (gone(row)) table.delete(missingKey(row.id, row.key));
}

/** True where this is the version that is needed. */
export function isCurrent(onode: Onode | undefined, need: EVersion): onode is Onode {
  return onode !== undefined && compareVersions(onode.info.version, need) === 0;
}

function sameNeed(row: MissingRow | undefined, need: EVersion): boolean {
  return row !== undefined && compareVersions(row.need, need) === 0;
}
