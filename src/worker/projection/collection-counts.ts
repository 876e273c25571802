import type { RecordStore } from '../../engine/base/records.ts';
import { objectBytes, storedBytes } from '../../engine/cluster/stats/cluster-stats.ts';
import { collectionTable, parseCollectionTable } from '../../engine/os/object-store.ts';
import type { Onode } from '../../engine/os/onode.ts';

/** What an OSD holds of a PG. */
export interface CollectionCount {
  objects: number;
  bytes: number;
  omapBytes: number;
}

const NOTHING: CollectionCount = { objects: 0, bytes: 0, omapBytes: 0 };

/** Objects and bytes of every PG on every OSD, kept up as records change. */
export class CollectionCounts {
  readonly #byTable = new Map<string, CollectionCount>();
  readonly #byOsd = new Map<number, CollectionCount>();

  constructor(records: RecordStore) {
    for (const name of records.tableNames()) {
      const osd = parseCollectionTable(name)?.osd;
      if (osd === undefined) continue;
      const table = records.table<Onode>(name);
      for (const onode of table.values()) this.change(name, osd, undefined, onode);
    }
  }

  change(table: string, osd: number, from: Onode | undefined, to: Onode | undefined): void {
    const [inPg, onOsd] = [countOf(this.#byTable, table), countOf(this.#byOsd, osd)];
    for (const [onode, sign] of [[from, -1] as const, [to, 1] as const]) {
      if (onode === undefined) continue;
      add(inPg, onode, sign, objectBytes(onode));
      add(onOsd, onode, sign, storedBytes(onode));
    }
  }

  /** What an OSD, or one of its shards (`pgShard`), has of a PG: objects with all their bytes. */
  ofPg(id: number, pgid: string): Readonly<CollectionCount> {
    return this.#byTable.get(collectionTable(id, pgid)) ?? NOTHING;
  }

  /** What an OSD has in all: of an erasure pool's objects its parts. */
  ofOsd(osd: number): Readonly<CollectionCount> {
    return this.#byOsd.get(osd) ?? NOTHING;
  }
}

function countOf<K>(counts: Map<K, CollectionCount>, key: K): CollectionCount {
  let count = counts.get(key);
  if (count === undefined) counts.set(key, (count = { ...NOTHING }));
  return count;
}

function add(count: CollectionCount, onode: Onode, sign: 1 | -1, bytes: number): void {
  if (!onode.info.whiteout) count.objects += sign;
  count.bytes += sign * bytes;
  for (const [key, value] of onode.omap) count.omapBytes += sign * (key.length + value.length);
}
