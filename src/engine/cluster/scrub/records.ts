import { type RecordStore, type Table, tableName } from '../../base/records.ts';
import type { PgScrubStat } from '../../mon/pg-stat.ts';
import type { EVersion } from '../../os/onode.ts';
import type { PgRecord } from '../../osd/pg.ts';
import type { InconsistentObject, InconsistentSnapSet } from '../../osd/scrub/found.ts';
import type { ScrubKind } from '../../osd/scrub/scrub-pg.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';

/** What scrubs found, which a PG's statistics tell as it is. */
type ScrubCounts = Pick<
  PgScrubStat,
  | 'clean_us'
  | 'shallowErrors'
  | 'deepErrors'
  | 'scrubbed'
  | 'duration_us'
  | 'repaired'
  | 'omapBytes'
  | 'omapKeys'
  | 'largeOmaps'
>;

/** When a PG was scrubbed last, and what is to come. */
export interface ScrubState extends ScrubCounts {
  readonly last: ScrubStamp;
  readonly lastDeep: ScrubStamp;
  /** What was asked for and has not begun; null where nothing was. */
  readonly asked: AskedScrub | null;
  readonly running: RunningScrub | null;
  /** Repair leaves it open whether all is well: a deep scrub follows once copies are made. */
  readonly checksAfter: boolean;
  readonly failedRepair: boolean;
}

export interface ScrubStamp {
  readonly version: EVersion;
  readonly at_us: number;
}

export interface AskedScrub {
  readonly kind: ScrubKind;
  /** By a person: flags do not hold it back, and it is told in the log. */
  readonly byPerson: boolean;
  /** To see what a repair came to. */
  readonly isCheck: boolean;
}

export interface RunningScrub extends AskedScrub {
  readonly since_us: number;
  /** The interval in which it began; it ends with that. */
  readonly since: number;
}

/** What the last scrubs of a PG found, in the interval in which they ran. */
export interface ScrubFound {
  readonly since: number;
  readonly objects: readonly InconsistentObject[];
  readonly snapSets: readonly InconsistentSnapSet[];
}

const STATES = tableName<ScrubState>('scrub');
const FOUND = tableName<ScrubFound>('scrub-found');

export function scrubStates(records: RecordStore): Table<ScrubState> {
  return records.table(STATES);
}

export function scrubFindings(records: RecordStore): Table<ScrubFound> {
  return records.table(FOUND);
}

/** A PG's state; one that was never scrubbed counts from when it was made. */
export function scrubState(records: RecordStore, record: PgRecord): ScrubState {
  const known = scrubStates(records).get(pgIdText(record.pool, record.seed));
  if (known !== undefined) return known;
  const never = { version: { epoch: 0, version: 0 }, at_us: record.created_us };
  return {
    last: never,
    lastDeep: never,
    clean_us: record.created_us,
    shallowErrors: 0,
    deepErrors: 0,
    scrubbed: 0,
    duration_us: 0,
    repaired: 0,
    omapBytes: 0,
    omapKeys: 0,
    asked: null,
    running: null,
    checksAfter: false,
    failedRepair: false,
  };
}

/** What scrubs found of a PG; undefined where there was none in this interval. */
export function scrubFound(records: RecordStore, record: PgRecord): ScrubFound | undefined {
  const found = scrubFindings(records).get(pgIdText(record.pool, record.seed));
  return found?.since === record.interval.since ? found : undefined;
}

/** What is gone with a PG. */
export function forgetScrubs(records: RecordStore, pgid: string): void {
  scrubStates(records).delete(pgid);
  scrubFindings(records).delete(pgid);
}

/** Words of a PG's state. @ceph src/osd/osd_types.cc pg_state_string — their order among themselves */
export function scrubWords(records: RecordStore, pgid: string): ReadonlySet<string> {
  const state = scrubStates(records).get(pgid);
  if (state === undefined) return NO_WORDS;
  const { running, shallowErrors, deepErrors, failedRepair } = state;
  const words = new Set<string>();
  if (running !== null) words.add('scrubbing');
  if (running !== null && running.kind !== 'scrub') words.add('deep');
  if (running?.kind === 'repair') words.add('repair');
  if (shallowErrors + deepErrors > 0) words.add('inconsistent');
  if (shallowErrors + deepErrors > 0 && failedRepair) words.add('failed_repair');
  return words;
}

const NO_WORDS: ReadonlySet<string> = new Set();

/** A PG's scrubs as they are reported; undefined where there never was one. */
export function scrubStat(records: RecordStore, record: PgRecord): PgScrubStat | undefined {
  const state = scrubStates(records).get(pgIdText(record.pool, record.seed));
  if (state === undefined) return undefined;
  const { last, lastDeep, asked, running } = state;
  const now = running ?? asked;
  return {
    last: versionText(last.version),
    last_us: last.at_us,
    lastDeep: versionText(lastDeep.version),
    lastDeep_us: lastDeep.at_us,
    clean_us: state.clean_us,
    shallowErrors: state.shallowErrors,
    deepErrors: state.deepErrors,
    scrubbed: state.scrubbed,
    duration_us: state.duration_us,
    repaired: state.repaired,
    omapBytes: state.omapBytes,
    omapKeys: state.omapKeys,
    largeOmaps: state.largeOmaps ?? 0,
    ...(now === null ? {} : { doing: running === null ? 'queued' : 'scrubbing', isDeep: now.kind !== 'scrub' }),
    ...(running === null ? {} : { since_us: running.since_us }),
  };
}

function versionText({ epoch, version }: EVersion): string {
  return `${epoch}'${version}`;
}
