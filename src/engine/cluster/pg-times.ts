import type { EngineContext } from '../base/context.ts';
import { type RecordStore, tableName } from '../base/records.ts';
import type { PgCondition, PgTimes } from '../mon/pg-stat.ts';
import { osdsOf } from '../osd/past-intervals.ts';
import type { PgRecord } from '../osd/pg.ts';
import { isClean } from '../osd/pg-state.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import { pgIdText } from '../osdmap/pg-id.ts';

const TIMES = tableName<PgTimes>('pg-times');

const CONDITIONS: readonly PgCondition[] = ['active', 'clean', 'peered', 'fullsized', 'undegraded', 'unstale'];

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
  const same = CONDITIONS.every((each) => before?.has(each) === now.has(each));
  if (same && from?.phase === to.phase && from.work === to.work) return;
  const table = engine.records.table(TIMES);
  const key = pgIdText(to.pool, to.seed);
  const old = table.get(key)?.left ?? {};
  const at_us = engine.now_us();
  const left: Partial<Record<PgCondition, number>> = {};
  for (const each of CONDITIONS) {
    if (now.has(each)) continue;
    left[each] = before?.has(each) === false ? (old[each] ?? at_us) : at_us;
  }
  table.set(key, { changed_us: at_us, left });
}

export function forgetPgTimes(records: RecordStore, pool: number, seed: number): void {
  records.table(TIMES).delete(pgIdText(pool, seed));
}

function conditionsOf(record: PgRecord, pool: PgPool): ReadonlySet<PgCondition> {
  const { phase, stale, work, interval } = record;
  const fullsized = osdsOf(interval.acting).length >= pool.size;
  const has: Readonly<Record<PgCondition, boolean>> = {
    active: phase === 'active' && !stale,
    peered: (phase === 'active' || phase === 'peered') && !stale,
    clean: isClean(record, pool) && !stale,
    fullsized,
    undegraded: fullsized && (work === 'none' || work.startsWith('backfill')),
    unstale: !stale,
  };
  return new Set(CONDITIONS.filter((each) => has[each]));
}
