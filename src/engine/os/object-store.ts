import { type RecordStore, type Table, type TableName, tableName } from '../base/records.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import type { Onode } from './onode.ts';

/** What a primary asks of every store of a PG: objects as they are to be, or keys that are to go. All of it or nothing. */
export interface Transaction {
  readonly puts: readonly { readonly key: string; readonly onode: Onode }[];
  readonly removes: readonly string[];
  /** Bytes of data and of keys and values that it carries, as they go over the network and to disk. */
  readonly bytes: number;
}

/** An OSD's objects: one table of records for each PG that it holds (a collection, in Ceph's words). */
export class ObjectStore {
  readonly osd: number;
  readonly #records: RecordStore;
  readonly #tables = new Map<string, Table<Onode>>();

  constructor(records: RecordStore, osd: number) {
    this.#records = records;
    this.osd = osd;
  }

  collection(pool: number, seed: number): Table<Onode> {
    const pgid = pgIdText(pool, seed);
    let table = this.#tables.get(pgid);
    if (table === undefined) {
      table = this.#records.table(collectionTable(this.osd, pgid));
      this.#tables.set(pgid, table);
    }
    return table;
  }

  apply(pool: number, seed: number, transaction: Transaction): void {
    const table = this.collection(pool, seed);
    for (const key of transaction.removes) table.delete(key);
    for (const { key, onode } of transaction.puts) table.set(key, onode);
  }

  /** Removes a PG with all that it holds. */
  removeCollection(pool: number, seed: number): void {
    const table = this.collection(pool, seed);
    for (const key of [...table.keys()]) table.delete(key);
  }
}

/** Name of the table in which an OSD keeps a PG. */
export function collectionTable(osd: number, pgid: string): TableName<Onode> {
  return tableName<Onode>(`os/${osd}/${pgid}`);
}

/** The OSD and PG of a collection's table name; undefined for other tables. */
export function parseCollectionTable(name: string): { readonly osd: number; readonly pgid: string } | undefined {
  const match = /^os\/(\d+)\/(.+)$/.exec(name);
  return match === null ? undefined : { osd: Number(match[1]), pgid: match[2] ?? '' };
}
