import { storedRanges } from '../../base/data.ts';
import { coverage, type IntervalSet, subtract } from '../../base/interval-set.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { hobjectKey } from '../../os/hobject.ts';
import { type Onode, objectSize } from '../../os/onode.ts';
import { type IoCounts, ioTable, sumIo } from '../../osd/io-counts.ts';
import { missingTable } from '../../osd/missing.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import type { Cluster } from '../cluster.ts';
import { objectstoreOf } from '../spec.ts';

/** What a pool's objects take on all OSDs together, and what clients did with them. FileStore does not tell: see {@link tellsUsage}. */
export interface PoolUsage {
  /** Bytes written and not freed again, in every copy or shard, clones whole: holes are none. */
  readonly storedBytes: number;
  /** Room that they take in whole allocation units: what clones share is there once. */
  readonly allocatedBytes: number;
  readonly clones: number;
  /** Objects that the primaries of their PGs lack. */
  readonly missingOnPrimary: number;
  readonly io: IoCounts;
}

/** Whether OSDs tell what each pool takes on them. FileStore does not: then the objects' sizes are all that is known. */
export function tellsUsage({ spec }: Cluster): boolean {
  return objectstoreOf(spec) === 'bluestore';
}

/** Room is taken in these steps. @ceph src/common/options/global.yaml.in bluestore_min_alloc_size_hdd */
const ALLOC_BYTES = 4096;

/**
 * Counts what OSDs hold of a pool.
 * @ceph src/mon/PGMap.cc dump_object_stat_sum; src/os/bluestore/BlueStore.cc statfs_delta — exact, but for blobs that
 *   overwriting leaves partly used
 */
export function poolUsage({ pgs, records, monitor }: Cluster, pool: number): PoolUsage {
  const sum = { storedBytes: 0, allocatedBytes: 0, clones: 0, missingOnPrimary: 0 };
  const pgNum = monitor.map().pools.get(pool)?.pgNum ?? 0;
  for (let seed = 0; seed < pgNum; seed++) {
    const record = pgs.record(pool, seed);
    if (record === undefined) continue;
    const counted = pgs.countedOn(record);
    for (const id of record.peers.keys()) {
      const objects = pgs.store(id).collection(pool, seed);
      for (const onode of objects.values()) {
        const head = onode.hoid.snap === NOSNAP ? onode : objects.get(hobjectKey({ ...onode.hoid, snap: NOSNAP }));
        sum.storedBytes += coverage(storedRanges(onode.data));
        sum.allocatedBytes += allocatedBytes(onode, head);
        if (id === counted && onode !== head) sum.clones++;
      }
    }
    for (const { id } of missingTable(records, pgIdText(pool, seed)).values())
      if (id === counted) sum.missingOnPrimary++;
  }
  return { ...sum, io: poolIo(ioTable(records).entries(), pool) };
}

/** What clients did with the objects of a pool, in PGs that were merged away as well. */
export function poolIo(rows: Iterable<readonly [key: string, io: IoCounts]>, pool: number): IoCounts {
  const parts: IoCounts[] = [];
  for (const [key, io] of rows) if (key.startsWith(`${pool}.`)) parts.push(io);
  return sumIo(parts);
}

/** What clients did on an OSD, in PGs that it served then. */
export function osdIo({ records }: Cluster, osd: number): IoCounts {
  const parts: IoCounts[] = [];
  for (const [key, io] of ioTable(records).entries()) if (key.endsWith(`@${osd}`)) parts.push(io);
  return sumIo(parts);
}

/** A clone takes room for what it does not share with the next newer one, or the head. */
function allocatedBytes(onode: Onode, head: Onode | undefined): number {
  const { hoid, data, written } = onode;
  const clone = hoid.snap === NOSNAP ? undefined : head?.snapSet?.clones.find(({ id }) => id === hoid.snap);
  if (clone === undefined) return roundedUp(storedRanges(data));
  if (written === undefined) return roundedUp(subtract(storedRanges(data), clone.overlap));
  // A shard has its part of the object, and so of what is shared.
  const shared = coverage(clone.overlap) / Math.max(1, objectSize(onode));
  return roundedUp(storedRanges(data)) * (1 - shared);
}

function roundedUp(ranges: IntervalSet): number {
  let bytes = 0;
  let end = 0;
  for (const { off, len } of ranges) {
    const from = Math.max(end, Math.floor(off / ALLOC_BYTES));
    end = Math.max(from, Math.ceil((off + len) / ALLOC_BYTES));
    bytes += (end - from) * ALLOC_BYTES;
  }
  return bytes;
}
