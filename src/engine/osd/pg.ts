import { type RecordStore, type Table, tableName } from '../base/records.ts';
import { pgIdText } from '../osdmap/pg-id.ts';

/** What the cluster keeps of a placement group beside its objects. */
export interface PgRecord {
  readonly pool: number;
  readonly seed: number;
  /** Counts the writes: the second half of an eversion. */
  readonly version: number;
  /** Epoch of the newest write. */
  readonly epoch: number;
  /** OSDs that hold every object of the PG as it is now. */
  readonly complete: readonly number[];
  readonly created_us: number;
}

export const PG_TABLE = tableName<PgRecord>('pg');

export function pgTable(records: RecordStore): Table<PgRecord> {
  return records.table(PG_TABLE);
}

export function pgRecord(records: RecordStore, pool: number, seed: number): PgRecord | undefined {
  return pgTable(records).get(pgIdText(pool, seed));
}

export function setPgRecord(records: RecordStore, record: PgRecord): void {
  pgTable(records).set(pgIdText(record.pool, record.seed), record);
}

/** Who serves a PG and who is being filled: what its state is told from. */
export interface PgServing {
  readonly up: readonly number[];
  readonly acting: readonly number[];
  /** OSDs that are to hold the PG and do not hold all of it yet. */
  readonly backfill: readonly number[];
}

/**
 * The state of a PG in Ceph's words.
 * @ceph src/osd/osd_types.cc pg_state_string, src/osd/PeeringState.cc — the states that a map change and a
 *   backfill bring about; there is no log-based recovery yet
 */
export function pgState({ up, acting, backfill }: PgServing, size: number, minSize: number, objects: number): string {
  if (acting.length === 0) return 'unknown';
  const undersized = acting.length < size;
  const remapped = up.length !== acting.length || up.some((osd, index) => acting[index] !== osd);
  const states = [acting.length >= minSize ? 'active' : ''];
  if (!undersized && !remapped && backfill.length === 0) states.push('clean');
  if (undersized) states.push('undersized');
  if (undersized && objects > 0) states.push('degraded');
  if (remapped) states.push('remapped');
  if (backfill.length > 0) states.push('backfilling');
  if (acting.length < minSize) states.push('peered');
  return states.filter((state) => state !== '').join('+');
}
