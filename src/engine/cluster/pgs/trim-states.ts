import { type IntervalSet, NO_INTERVALS } from '../../base/interval-set.ts';
import { type RecordStore, type Table, tableName } from '../../base/records.ts';

/** How far a PG is with the snapshots that its pool has removed. */
export interface TrimRow {
  readonly purged: IntervalSet;
  readonly state: TrimState | null;
}

export type TrimState = 'snaptrim' | 'snaptrim_wait';

const TRIMS = tableName<TrimRow>('snaptrim');

export const NOT_BEGUN: TrimRow = { purged: NO_INTERVALS, state: null };

export function trimTable(records: RecordStore): Table<TrimRow> {
  return records.table(TRIMS);
}

/** What trimming adds to the state of a PG that is clean. */
export function trimState(records: RecordStore, pgid: string): TrimState | null {
  return trimTable(records).get(pgid)?.state ?? null;
}

/** Forgets how far a PG is: it is gone, or holds other objects now. */
export function forgetTrims(records: RecordStore, pgid: string): void {
  trimTable(records).delete(pgid);
}
