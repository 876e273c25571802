import type { EngineContext } from '../../base/context.ts';
import { type Task, waitUntil } from '../../base/task.ts';
import type { Monitor } from '../../mon/monitor.ts';
import { isMergePending } from '../../mon/pg-num-targets.ts';
import { osdsOf } from '../../osd/past-intervals.ts';
import { type PgRecord, pgRecord } from '../../osd/pg.ts';
import { isClean } from '../../osd/pg-state.ts';
import { PLAIN_POOL } from '../../osdmap/extra.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { mergeRole } from '../../osdmap/pg-merge.ts';

/** Virtual time in which the primaries tell the monitor, and it makes a map of it: seen to be about half a second. */
const TELL_US = 500_000;

type Verdict = 'ready' | 'not-ready' | 'open';

/**
 * Waits for the PGs of a pool that are to merge, and then has the monitor make the merge, or take it back where one of them
 * has too few OSDs.
 *
 * @ceph src/osd/PeeringState.cc try_mark_clean, AllReplicasActivated; src/mon/OSDMonitor.cc prepare_pg_ready_to_merge — exact
 */
export function* mergeWhenReady(engine: EngineContext, monitor: Monitor, poolId: number): Task<void> {
  const verdict = () => verdictOn(engine, monitor.map(), poolId);
  while (isPending(monitor.map(), poolId)) {
    const isDecided = () => verdict() !== 'open' || !isPending(monitor.map(), poolId);
    yield* waitUntil('PGs that merge are clean', isDecided);
    yield TELL_US;
    const now = verdict();
    if (now === 'open') continue;
    monitor.publishPool(poolId, (pool) => decided(pool, now, monitor.map().epoch + 1), 'ready to merge');
  }
}

function isPending({ pools }: OsdMap, poolId: number): boolean {
  const pool = pools.get(poolId);
  return pool !== undefined && isMergePending(pool);
}

function verdictOn({ records }: EngineContext, { pools }: OsdMap, poolId: number): Verdict {
  const pool = pools.get(poolId);
  if (pool === undefined) return 'open';
  const seeds = Array.from({ length: pool.pgNum }, (_, seed) => seed).filter((seed) => mergeRole(pool, seed) !== null);
  const verdicts = seeds.map((seed) => verdictOf(pgRecord(records, poolId, seed), pool));
  if (verdicts.includes('not-ready')) return 'not-ready';
  return verdicts.includes('open') ? 'open' : 'ready';
}

function verdictOf(record: PgRecord | undefined, pool: PgPool): Verdict {
  if (record?.phase !== 'peered' || record.stale) return 'open';
  if (osdsOf(record.interval.acting).length < pool.size) return 'not-ready';
  return isClean(record, pool) ? 'ready' : 'open';
}

function decided({ pgNumPending, ...pool }: PgPool, verdict: Verdict, epoch: number): PgPool {
  const pgNum = verdict === 'ready' ? (pgNumPending ?? pool.pgNum) : pool.pgNum;
  const extra = { ...(pool.extra ?? PLAIN_POOL), forceResendPrenautilus: epoch };
  return { ...pool, pgNum, extra };
}
