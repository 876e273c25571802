import type { RecordStore } from '../../engine/base/records.ts';
import { NOSNAP } from '../../engine/codec/snap.ts';
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
    for (const count of [countOf(this.#byTable, table), countOf(this.#byOsd, osd)]) {
      if (from !== undefined) add(count, from, -1);
      if (to !== undefined) add(count, to, 1);
    }
  }

  ofPg(osd: number, pgid: string): Readonly<CollectionCount> {
    return this.#byTable.get(collectionTable(osd, pgid)) ?? NOTHING;
  }

  ofOsd(osd: number): Readonly<CollectionCount> {
    return this.#byOsd.get(osd) ?? NOTHING;
  }
}

function countOf<K>(counts: Map<K, CollectionCount>, key: K): CollectionCount {
  let count = counts.get(key);
  if (count === undefined) counts.set(key, (count = { ...NOTHING }));
  return count;
}

function add(count: CollectionCount, onode: Onode, sign: 1 | -1): void {
  if (!onode.info.whiteout) count.objects += sign;
  count.bytes += sign * bytesWithClones(onode);
  for (const [key, value] of onode.omap) count.omapBytes += sign * (key.length + value.length);
}

/**
 * Bytes of an object and its clones, told from the head alone: a clone counts only what it does not share with the
 * next newer version. A clone by itself counts nothing.
 */
export function bytesWithClones(onode: Onode): number {
  if (onode.hoid.snap !== NOSNAP) return 0;
  let bytes = onode.info.whiteout ? 0 : onode.data.length;
  for (const { size, overlap } of onode.snapSet?.clones ?? []) {
    bytes += size;
    for (const { len } of overlap) bytes -= len;
  }
  return bytes;
}
