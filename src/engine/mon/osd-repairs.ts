import { type RecordStore, tableName } from '../base/records.ts';

/** Copies that OSDs were given anew since theirs was bad, by OSD id, since its process started. */
const REPAIRS = tableName<number>('osd-repairs');

/** @ceph src/osd/osd_types.h osd_stat_t::num_shards_repaired — exact */
export function shardsRepaired(records: RecordStore, osd: number): number {
  return records.table(REPAIRS).get(String(osd)) ?? 0;
}

export function setShardsRepaired(records: RecordStore, osd: number, count: number): void {
  if (count === 0) records.table(REPAIRS).delete(String(osd));
  else records.table(REPAIRS).set(String(osd), count);
}

/** A bad copy of an OSD is made anew from others. */
export function noteRepair(records: RecordStore, osd: number): void {
  setShardsRepaired(records, osd, shardsRepaired(records, osd) + 1);
}
