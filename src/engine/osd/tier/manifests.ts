import { type RecordStore, type Table, tableName } from '../../base/records.ts';

const POOLS = tableName<true>('manifest-pools');

/** Pools that have had objects which stand for others: those of all others need not be looked at. */
export function manifestPools(records: RecordStore): Table<true> {
  return records.table(POOLS);
}
