import type { EngineContext } from '../../base/context.ts';
import { type RecordStore, tableName } from '../../base/records.ts';
import type { PgCondition, PgTimes } from '../../mon/pg-stat.ts';
import { countOsds } from '../../osd/past-intervals.ts';
import type { PgRecord } from '../../osd/pg.ts';
import { isClean } from '../../osd/pg-state.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';

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
  if (before === now && from?.phase === to.phase && from.work === to.work) return;
  const table = engine.records.table(TIMES);
  const key = pgIdText(to.pool, to.seed);
  const old = table.get(key)?.left;
  const at_us = engine.now_us();
  const left: Partial<Record<PgCondition, number>> = {};
  for (let at = 0; at < CONDITIONS.length; at++) {
    const each = CONDITIONS[at];
    if (each === undefined || (now & (1 << at)) !== 0) continue;
    const wasSo = before !== undefined && (before & (1 << at)) === 0;
    left[each] = wasSo ? (old?.[each] ?? at_us) : at_us;
  }
  table.set(key, { changed_us: at_us, left });
}

export function forgetPgTimes(records: RecordStore, pool: number, seed: number): void {
  records.table(TIMES).delete(pgIdText(pool, seed));
}

/** A bit for each of the conditions that hold, in their order. */
function conditionsOf(record: PgRecord, pool: PgPool): number {
  const { phase, stale, work, interval } = record;
  const fullsized = countOsds(interval.acting) >= pool.size;
  const active = phase === 'active' && !stale;
  const peered = active || (phase === 'peered' && !stale);
  const clean = !stale && isClean(record, pool);
  const undegraded = fullsized && (work === 'none' || work.startsWith('backfill'));
  return bit(active, 0) | bit(clean, 1) | bit(peered, 2) | bit(fullsized, 3) | bit(undegraded, 4) | bit(!stale, 5);
}

function bit(holds: boolean, at: number): number {
  return holds ? 1 << at : 0;
}
