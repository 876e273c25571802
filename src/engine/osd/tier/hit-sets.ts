import { type RecordStore, type Table, tableName } from '../../base/records.ts';
import { tiering } from '../../osdmap/cache-modes.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import type { PgView } from '../primary-log-pg.ts';

/**
 * What a PG of a cache knows of when objects were used: a row an object, with the numbers of the hit sets that it is in, the
 * newest first. A set that is full of its period is kept beside the current one, so many as the pool wants.
 */
interface HitSets {
  /** The number of the set that is filled now. */
  readonly current: number;
  readonly since_us: number;
  /** Sets before it that are kept. */
  readonly kept: number;
}

const SETS = tableName<HitSets>('hit-sets');

function hitsOf(records: RecordStore, pgid: string): Table<readonly number[]> {
  return records.table(tableName<readonly number[]>(`hits/${pgid}`));
}

/** True where the pool wants to know what is used. @ceph src/osd/PrimaryLogPG.cc hit_set_setup — exact */
export function hasHitSets({ pool }: Pick<PgView, 'pool'>): boolean {
  const { hitSet, hitSetCount, hitSetPeriod_s } = tiering(pool);
  return (hitSet[0] ?? 0) > 0 && hitSetCount > 0 && hitSetPeriod_s > 0;
}

function setsOf(records: RecordStore, pgid: string): HitSets | undefined {
  return records.table(SETS).get(pgid);
}

/** In how many sets an object is, from the current one back without a gap; at most `most`. @ceph src/osd/PrimaryLogPG.cc maybe_promote — exact */
export function recencyOf(records: RecordStore, { pgid }: PgView, key: string, most: number): number {
  const sets = setsOf(records, pgid);
  const hits = hitsOf(records, pgid).get(key) ?? [];
  if (sets === undefined) return 0;
  let count = 0;
  while (count < most && count <= sets.kept && hits.includes(sets.current - count)) count++;
  return count;
}

/** How hot an object is, up to some millions. @ceph src/osd/PrimaryLogPG.cc agent_estimate_temp — exact */
export function temperatureOf(records: RecordStore, { pgid, pool }: PgView, key: string): number {
  const sets = setsOf(records, pgid);
  if (sets === undefined) return 0;
  const { hitSetGradeDecayRate, hitSetSearchLastN } = tiering(pool);
  const hits = hitsOf(records, pgid).get(key) ?? [];
  let temperature = hits.includes(sets.current) ? 1_000_000 : 0;
  let grade = 1_000_000;
  let left = hitSetSearchLastN;
  for (let age = 1; age <= sets.kept && left > 0; age++) {
    grade = Math.trunc(grade * (1 - hitSetGradeDecayRate / 100));
    if (!hits.includes(sets.current - age)) continue;
    temperature += grade;
    left--;
  }
  return temperature;
}

/** Notes that a client asked for an object. @ceph src/osd/PrimaryLogPG.cc do_op, hit_set_persist — exact in when a set is full of its period */
export function noteHit(records: RecordStore, pg: PgView, key: string, now_us: number): void {
  const { pgid, pool } = pg;
  const sets = setsOf(records, pgid) ?? { current: 1, since_us: now_us, kept: 0 };
  const hits = hitsOf(records, pgid);
  const row = hits.get(key) ?? [];
  if (row[0] !== sets.current) hits.set(key, [sets.current, ...row]);
  const { hitSetPeriod_s, hitSetCount } = tiering(pool);
  if (sets.since_us + hitSetPeriod_s * 1_000_000 > now_us) {
    if (!records.table(SETS).has(pgid)) records.table(SETS).set(pgid, sets);
    return;
  }
  const next = { current: sets.current + 1, since_us: now_us, kept: Math.min(sets.kept + 1, hitSetCount) };
  records.table(SETS).set(pgid, next);
  dropOlder(hits, next.current - next.kept);
}

function dropOlder(hits: Table<readonly number[]>, oldest: number): void {
  for (const [key, row] of [...hits.entries()]) {
    const left = row.filter((set) => set >= oldest);
    if (left.length === 0) hits.delete(key);
    else if (left.length < row.length) hits.set(key, left);
  }
}

/** Forgets those of pools that want none any more, or are gone. */
export function dropOldHitSets(records: RecordStore, pools: ReadonlyMap<number, PgPool>): void {
  for (const pgid of [...records.table(SETS).keys()]) {
    const pool = pools.get(Number(pgid.slice(0, pgid.indexOf('.'))));
    if (pool === undefined || !hasHitSets({ pool })) dropHitSets(records, pgid);
  }
}

function dropHitSets(records: RecordStore, pgid: string): void {
  records.table(SETS).delete(pgid);
  const hits = hitsOf(records, pgid);
  for (const key of [...hits.keys()]) hits.delete(key);
}
