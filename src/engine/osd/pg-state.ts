import type { PgPool } from '../osdmap/osd-map.ts';
import { mergeRole } from '../osdmap/pg-merge.ts';
import { countOsds, sameOsds } from './past-intervals.ts';
import { forcedOf, isPeered, type PgRecord } from './pg.ts';

/**
 * The state of a PG in Ceph's words and their order.
 *
 * @param degraded copies of objects that are missing
 * @param scrub words that others add: of scrubs scrubbing, deep, inconsistent, repair, failed_repair; laggy
 * @param trim what trimming of snapshots adds, while the PG is clean
 * @ceph src/osd/osd_types.cc pg_state_string, src/osd/PeeringState.cc — the states that this cluster can come to. Not
 *   `activating`, since acknowledgements of it take no time here; nor `wait`, since a lease to read ends (16 seconds) before
 *   an OSD that says nothing is missed (20), and one that is marked down while it runs says at once that it serves no more
 */
export function pgState(
  record: PgRecord,
  pool: PgPool,
  degraded: number,
  scrub: ReadonlySet<string> = NO_WORDS,
  trim: 'snaptrim' | 'snaptrim_wait' | null = null,
): string {
  const { phase, stale } = record;
  if (phase === 'unknown') return 'unknown';
  if (trim === null && degraded === 0 && scrub.size === 0 && isAtRest(record, pool)) return 'active+clean';
  const words =
    phase === 'active' || phase === 'peered' ? peeredWords(record, pool, degraded, scrub, trim) : unpeeredWords(record);
  return (stale ? ['stale', ...words] : words).join('+');
}

/** As most PGs are most of the time. */
function isAtRest(record: PgRecord, pool: PgPool): boolean {
  const { phase, stale, forced = [], seed } = record;
  const isPlain = phase === 'active' && !stale && forced.length === 0 && mergeRole(pool, seed) === null;
  return isPlain && isClean(record, pool) && !isRemapped(record);
}

function unpeeredWords(record: PgRecord): string[] {
  const remapped = isRemapped(record) ? ['remapped'] : [];
  if (record.phase === 'down') return ['down', ...remapped];
  if (record.phase === 'incomplete') return [...remapped, 'incomplete'];
  return record.cleanEpoch === 0 ? ['creating', 'peering'] : [...remapped, 'peering'];
}

const NO_WORDS: ReadonlySet<string> = new Set();

function peeredWords(
  record: PgRecord,
  pool: PgPool,
  degraded: number,
  scrub: ReadonlySet<string>,
  trim: string | null,
): string[] {
  const { work, phase } = record;
  const has: readonly (readonly [string, boolean])[] = [
    ['active', phase === 'active'],
    ['clean', isClean(record, pool)],
    ['recovery_wait', work === 'recovery_wait'],
    ['recovery_toofull', work === 'recovery_toofull'],
    ['recovering', work === 'recovering'],
    ['forced_recovery', forcedOf(record).includes('recovery')],
    ['recovery_unfound', work === 'unfound'],
    ['backfill_unfound', work === 'backfill_unfound'],
    ['undersized', isUndersized(record, pool)],
    ['degraded', degraded > 0],
    ['remapped', isRemapped(record)],
    ['premerge', mergeRole(pool, record.seed) !== null],
    ...['scrubbing', 'deep', 'inconsistent', 'repair'].map((word) => [word, scrub.has(word)] as const),
    ['backfill_wait', work === 'backfill_wait'],
    ['backfilling', work === 'backfilling'],
    ['forced_backfill', forcedOf(record).includes('backfill')],
    ['backfill_toofull', work === 'backfill_toofull'],
    ['peered', phase === 'peered'],
    [trim ?? '', trim !== null && phase === 'active' && isClean(record, pool)],
    ['failed_repair', scrub.has('failed_repair')],
    ['laggy', scrub.has('laggy')],
  ];
  return has.filter(([, is]) => is).map(([word]) => word);
}

/**
 * As many OSDs act as the pool wants copies, and none of them lacks anything: also where others act than are to hold it, and
 * while it waits to merge.
 *
 * @ceph src/osd/PeeringState.cc try_mark_clean — exact
 */
export function isClean(record: PgRecord, pool: PgPool): boolean {
  return isPeered(record) && record.work === 'none' && !isUndersized(record, pool);
}

function isUndersized({ interval }: PgRecord, pool: PgPool): boolean {
  return countOsds(interval.acting) < pool.size;
}

function isRemapped({ interval }: PgRecord): boolean {
  return !sameOsds(interval.up, interval.acting);
}
