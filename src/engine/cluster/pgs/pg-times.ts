import type { EngineContext } from '../../base/context.ts';
import { type RecordStore, tableName } from '../../base/records.ts';
import type { PgCondition, PgTimes } from '../../mon/pg-stat.ts';
import { countOsds } from '../../osd/past-intervals.ts';
import type { PgRecord } from '../../osd/pg.ts';
import { isClean } from '../../osd/pg-state.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';

const TIMES = tableName<PgTimes>('pg-times');

const [ACTIVE, CLEAN, PEERED, FULLSIZED, UNDEGRADED, UNSTALE] = [1, 2, 4, 8, 16, 32] as const;

/** When a PG came to be as it is; undefined where it is as it was made. */
export function pgTimes(records: RecordStore, pool: number, seed: number): PgTimes | undefined {
  return records.table(TIMES).get(pgIdText(pool, seed));
}

/**
 * Keeps the times of a PG that changes from one record to the next.
 *
 * @ceph src/osd/PeeringState.cc prepare_stats_for_publish — last_active and its like; what is degraded by objects that are
 *   missing counts as degraded while the PG recovers
 */
export function notePgTimes(engine: EngineContext, from: PgRecord | undefined, to: PgRecord, pool: PgPool): void {
  const before = from === undefined ? undefined : conditionsOf(from, pool);
  const now = conditionsOf(to, pool);
  if (before === now && from?.phase === to.phase && from.work === to.work) return;
  const table = engine.records.table(TIMES);
  const key = pgIdText(to.pool, to.seed);
  const old = table.get(key)?.left;
  const at_us = engine.now_us();
  const since_us = (condition: PgCondition, bit: number): number =>
    before !== undefined && (before & bit) === 0 ? (old?.[condition] ?? at_us) : at_us;
  // One by one: this is done twice for each PG that peers, and stores by a changing name are slow.
  const left: Partial<Record<PgCondition, number>> = {};
  if ((now & ACTIVE) === 0) left.active = since_us('active', ACTIVE);
  if ((now & CLEAN) === 0) left.clean = since_us('clean', CLEAN);
  if ((now & PEERED) === 0) left.peered = since_us('peered', PEERED);
  if ((now & FULLSIZED) === 0) left.fullsized = since_us('fullsized', FULLSIZED);
  if ((now & UNDEGRADED) === 0) left.undegraded = since_us('undegraded', UNDEGRADED);
  if ((now & UNSTALE) === 0) left.unstale = since_us('unstale', UNSTALE);
  table.set(key, { changed_us: at_us, left });
}

export function forgetPgTimes(records: RecordStore, pool: number, seed: number): void {
  records.table(TIMES).delete(pgIdText(pool, seed));
}

/** The bits of the conditions that hold. */
function conditionsOf(record: PgRecord, pool: PgPool): number {
  const { phase, stale, work, interval } = record;
  const fullsized = countOsds(interval.acting) >= pool.size;
  let held = fullsized ? FULLSIZED : 0;
  if (fullsized && (work === 'none' || work.startsWith('backfill'))) held |= UNDEGRADED;
  if (stale) return held;
  if (phase === 'active') held |= ACTIVE | PEERED;
  if (phase === 'peered') held |= PEERED;
  if (isClean(record, pool)) held |= CLEAN;
  return held | UNSTALE;
}
