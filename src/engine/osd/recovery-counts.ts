import { type RecordStore, type Table, tableName } from '../base/records.ts';
import type { Onode } from '../os/onode.ts';

/** What recovery and backfill have brought to OSDs of a pool: copies, or in erasure pools shards, and what is in them. */
export interface RecoveryCounts {
  readonly objects: number;
  readonly bytes: number;
  /** Keys of omaps. */
  readonly keys: number;
}

export const NOTHING_RECOVERED: RecoveryCounts = { objects: 0, bytes: 0, keys: 0 };

const RECOVERED = tableName<RecoveryCounts>('pool-recovered');

/** Counts by the pool's id, since it was made. */
export function recoveredTable(records: RecordStore): Table<RecoveryCounts> {
  return records.table(RECOVERED);
}

/** @ceph src/osd/osd_types.h object_stat_sum_t num_objects_recovered, num_bytes_recovered, num_keys_recovered — exact: each copy counts */
export function countRecovered(records: RecordStore, pool: number, { data, omap }: Onode): void {
  const table = recoveredTable(records);
  const { objects, bytes, keys } = table.get(String(pool)) ?? NOTHING_RECOVERED;
  table.set(String(pool), { objects: objects + 1, bytes: bytes + data.length, keys: keys + omap.size });
}
