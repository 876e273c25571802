import { OSD_DEVICE_BYTES } from '../../mon/stats.ts';
import { isCollection, parseCollectionTable } from '../../os/object-store.ts';
import type { Onode } from '../../os/onode.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';
import { omapBytes, STORE_META_BYTES, storedBytes } from './cluster-stats.ts';

/** How full each OSD is at any moment: counted once it is asked for, and kept from then on with each change. */
export class OsdRoom {
  readonly #pgs: PlacementGroups;
  readonly #deviceBytes: number;
  /** Null until somebody asks. */
  #used: Map<number, number> | null = null;
  /** The OSD of each collection's table. */
  readonly #osds = new Map<string, number>();

  constructor(pgs: PlacementGroups, deviceBytes = OSD_DEVICE_BYTES) {
    this.#pgs = pgs;
    this.#deviceBytes = deviceBytes;
  }

  /** Used of what an OSD has, 0 to 1, if it had so many bytes more. */
  usedRatio(osd: number, moreBytes: number): number {
    this.#used ??= this.#count();
    return (STORE_META_BYTES + (this.#used.get(osd) ?? 0) + moreBytes) / this.#deviceBytes;
  }

  #count(): Map<number, number> {
    const used = new Map<number, number>();
    for (const { pool, seed, peers } of this.#pgs.records()) {
      for (const id of peers.keys()) {
        const osd = osdOfShard(id);
        for (const onode of this.#pgs.store(id).collection(pool, seed).values())
          used.set(osd, (used.get(osd) ?? 0) + roomOf(onode));
      }
    }
    this.#pgs.engine.records.onChange(({ table, from, to }) => {
      const osd = this.#osdOf(table);
      // Tables of that name hold onodes: they are made by collectionTable alone.
      const more = roomOf(to as Onode | undefined) - roomOf(from as Onode | undefined);
      used.set(osd, (used.get(osd) ?? 0) + more);
    }, isCollection);
    return used;
  }

  #osdOf(table: string): number {
    let osd = this.#osds.get(table);
    if (osd === undefined) this.#osds.set(table, (osd = parseCollectionTable(table)?.osd ?? -1));
    return osd;
  }
}

function roomOf(onode: Onode | undefined): number {
  return onode === undefined ? 0 : storedBytes(onode) + omapBytes(onode);
}
