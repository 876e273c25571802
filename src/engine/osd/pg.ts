import { type RecordStore, type Table, tableName } from '../base/records.ts';
import type { EVersion } from '../os/onode.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import type { PastInterval, PgInterval } from './past-intervals.ts';

/**
 * What the cluster knows of a placement group beside its objects: in Ceph each OSD keeps a `pg_info_t` of its own and
 * peers exchange them; here the one record holds them all, and {@link PgRecord.peers} says where an OSD's differs.
 */
export interface PgRecord {
  readonly pool: number;
  readonly seed: number;
  readonly created_us: number;
  /** `last_update`: the newest write, as version and the epoch that it was made in. */
  readonly version: number;
  readonly epoch: number;
  /** Entries up to here have left the log. */
  readonly logTail: EVersion;
  /** Entries of the log; left out where there are none. */
  readonly logSize?: number;
  readonly phase: PgPhase;
  /** Who is to hold it and who serves, since when. */
  readonly interval: PgInterval;
  /** Intervals in which writes may have been made, since the PG was last clean. */
  readonly pastIntervals: readonly PastInterval[];
  /** `last_epoch_started` and `last_epoch_clean`. */
  readonly startedEpoch: number;
  readonly cleanEpoch: number;
  /** What each OSD that holds it on disk has of it, by OSD id; in an erasure pool by OSD and shard (`pgShard`). */
  readonly peers: ReadonlyMap<number, PeerInfo>;
  /** OSDs (in erasure pools with their shards) that are filled as a whole, or were in this interval: they get every write beside the acting set. */
  readonly backfill: readonly number[];
  /** OSDs (in erasure pools with their shards) that recover without acting: they get writes of objects that they have. */
  readonly asyncRecovery?: readonly number[];
  readonly work: PgWork;
  /** What is to go before that of other PGs, since somebody asked for it. */
  readonly forced?: readonly ForcedWork[];
  /** OSDs that are down and may have writes that nobody else has: why the PG is down. */
  readonly blockedBy: readonly number[];
  /** Nobody reports on it any more: what else stands here is the last that was heard. */
  readonly stale: boolean;
}

/** Where the PG's state machine stands. `unknown`: nobody has it yet. `peered`: agreed, but fewer than min_size. */
export type PgPhase = 'unknown' | 'peering' | 'down' | 'incomplete' | 'peered' | 'active';

/**
 * What an active PG does to become whole: waits for a reservation, works, or was refused one by an OSD that is too full.
 * `unfound`, `backfill_unfound`: nothing is left but objects that no OSD up has.
 */
export type PgWork =
  | 'none'
  | 'recovery_wait'
  | 'recovery_toofull'
  | 'recovering'
  | 'unfound'
  | 'backfill_wait'
  | 'backfill_toofull'
  | 'backfilling'
  | 'backfill_unfound';

/** True where work has come to an end with objects that no OSD up has. */
export function lacksUnfound({ work }: Pick<PgRecord, 'work'>): boolean {
  return work === 'unfound' || work === 'backfill_unfound';
}

export type ForcedWork = 'recovery' | 'backfill';

/** `pg_info_t` of one OSD, as far as it differs from OSD to OSD. */
export interface PeerInfo {
  /** The last write that it got; null where that is the newest of the PG, as for all that get every one. */
  readonly lastUpdate: EVersion | null;
  /** Objects up to this key are there as of `lastUpdate`; null where all are. */
  readonly lastBackfill: string | null;
  readonly startedEpoch: number;
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

/** True where requests are served, if enough of the acting set is there. */
export function isPeered({ phase }: PgRecord): boolean {
  return phase === 'active' || phase === 'peered';
}

/** Who recovers beside those who act. */
export function asyncOf({ asyncRecovery = [] }: Pick<PgRecord, 'asyncRecovery'>): readonly number[] {
  return asyncRecovery;
}

export function forcedOf({ forced = [] }: Pick<PgRecord, 'forced'>): readonly ForcedWork[] {
  return forced;
}

/** The newest write of a PG. */
export function headOf({ version, epoch }: PgRecord): EVersion {
  return { version, epoch };
}

/** The last write that an OSD has of a PG that it holds. */
export function lastUpdateOf(record: PgRecord, { lastUpdate }: PeerInfo): EVersion {
  return lastUpdate ?? headOf(record);
}

/** Order of eversions: below, at or above zero as `a` is older, the same or newer. */
export function compareVersions(a: EVersion, b: EVersion): number {
  return a.epoch - b.epoch || a.version - b.version;
}

/** True where a change of a record is more than a write: what {@link pgState} and placement are told from. */
export function pgChanged(from: PgRecord | undefined, to: PgRecord | undefined): boolean {
  if (from === undefined || to === undefined) return from !== to;
  return (
    from.phase !== to.phase ||
    from.interval !== to.interval ||
    from.peers !== to.peers ||
    from.backfill !== to.backfill ||
    from.asyncRecovery !== to.asyncRecovery ||
    from.work !== to.work ||
    from.forced !== to.forced ||
    from.stale !== to.stale
  );
}
