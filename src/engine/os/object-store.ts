import type { IntervalSet } from '../base/interval-set.ts';
import { type RecordStore, type Table, type TableName, tableName } from '../base/records.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import type { EVersion, Onode } from './onode.ts';
import { osdOfShard, pgShard, shardOf } from './shard-id.ts';

/** An object as it is to be. */
export interface Put {
  readonly key: string;
  readonly onode: Onode;
  /** The object, in its version, whose content it has: shards of that stay as they are. Null where the content is new. */
  readonly keeps: { readonly key: string; readonly version: EVersion } | null;
}

/** What a primary asks of every store of a PG: objects as they are to be, or keys that are to go. All of it or nothing. */
export interface Transaction {
  readonly puts: readonly Put[];
  readonly removes: readonly string[];
  /** Bytes of data and of keys and values that it carries, as they go over the network and to disk. */
  readonly bytes: number;
  /** Where it changes the content of what it puts; left out where it changes none. */
  readonly ranges?: IntervalSet;
}

/**
 * An OSD's objects: one table of records for each PG that it holds (a collection, in Ceph's words). For erasure pools
 * there is one of these for each shard that it holds.
 */
export class ObjectStore {
  /** The OSD, with the shard that it holds here. */
  readonly id: number;
  readonly osd: number;
  /** NO_SHARD where it holds whole copies. */
  readonly shard: number;
  readonly #records: RecordStore;
  readonly #tables = new Map<string, Table<Onode>>();

  constructor(records: RecordStore, id: number) {
    this.#records = records;
    this.id = id;
    this.osd = osdOfShard(id);
    this.shard = shardOf(id);
  }

  collection(pool: number, seed: number): Table<Onode> {
    const pgid = pgIdText(pool, seed);
    let table = this.#tables.get(pgid);
    if (table === undefined) {
      table = this.#records.table(collectionTable(this.id, pgid));
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

/** Name of the table in which an OSD keeps a PG, or a shard of it: `os/3/2.1a`, `os/3/2.1as1`. */
export function collectionTable(id: number, pgid: string): TableName<Onode> {
  const shard = shardOf(id);
  return tableName<Onode>(`os/${osdOfShard(id)}/${pgid}${shard < 0 ? '' : `s${shard}`}`);
}

/** True of the table of a collection: its records are onodes. */
export function isCollection(table: string): boolean {
  return table.startsWith('os/');
}

/** What a collection's table name says. */
export interface CollectionName {
  readonly osd: number;
  /** The OSD with its shard, as a store's id. */
  readonly id: number;
  readonly pgid: string;
}

/** The OSD, shard and PG of a collection's table name; undefined for other tables. */
export function parseCollectionTable(name: string): CollectionName | undefined {
  const match = /^os\/(\d+)\/([^s]+)(?:s(\d+))?$/.exec(name);
  if (match === null) return undefined;
  const osd = Number(match[1]);
  return { osd, id: match[3] === undefined ? osd : pgShard(osd, Number(match[3])), pgid: match[2] ?? '' };
}
