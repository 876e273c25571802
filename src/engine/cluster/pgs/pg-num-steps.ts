import type { EngineContext } from '../../base/context.ts';
import { type Task, waitUntil } from '../../base/task.ts';
import { nextPgNums, type PgNumStep } from '../../mon/adjust-pg-num.ts';
import { configNumber } from '../../mon/config/value.ts';
import type { Monitor } from '../../mon/monitor.ts';
import { isMergePending, isOnItsWay } from '../../mon/pg-num-targets.ts';
import type { StatsPort } from '../../mon/pg-stat.ts';
import { clusterStats } from '../../mon/stats.ts';
import { PG_TABLE, type PgRecord, pgChanged } from '../../osd/pg.ts';
import { PLAIN_POOL } from '../../osdmap/extra.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { mergeWhenReady } from './ready-to-merge.ts';

/** Virtual time between two looks. @ceph src/common/options/mgr.yaml.in mgr_tick_period */
const TICK_US = 2_000_000;

/**
 * Takes pools to the pg_num and pgp_num that were asked for, a step at a time as PGs come to rest.
 *
 * @ceph src/mgr/DaemonServer.cc adjust_pgs, src/mon/OSDMonitor.cc prepare_command_pool_set pg_num_actual — exact
 */
export class PgNumSteps {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;
  readonly #port: StatsPort;
  /** Counts changes that may let a step be taken that was held back. */
  #changes = 0;

  constructor(engine: EngineContext, monitor: Monitor, port: StatsPort) {
    this.#engine = engine;
    this.#monitor = monitor;
    this.#port = port;
    engine.records.onChange(
      ({ table, from, to }) => {
        // Records of the PG table, as that table's type has it.
        if (table !== PG_TABLE || pgChanged(from as PgRecord | undefined, to as PgRecord | undefined)) this.#changes++;
      },
      (table) => table === PG_TABLE || table === 'osdmap' || table === 'config',
    );
  }

  /** With each map, and after records were brought back. */
  startWork(): void {
    if (this.#isWanted()) this.#engine.spawn('mgr-pg-num', this.#run());
    for (const pool of this.#monitor.map().pools.values())
      if (isMergePending(pool))
        this.#engine.spawn(`mon-merge/${pool.id}`, mergeWhenReady(this.#engine, this.#monitor, pool.id));
  }

  #isWanted(): boolean {
    for (const pool of this.#monitor.map().pools.values()) if (isOnItsWay(pool)) return true;
    return false;
  }

  *#run(): Task<void> {
    while (this.#isWanted()) {
      yield TICK_US;
      const seen = this.#changes;
      const steps = this.#next();
      if (steps.size > 0) this.#take(steps);
      else yield* waitUntil('PGs to come to rest before more are split, moved or merged', () => this.#changes !== seen);
    }
  }

  #next(): ReadonlyMap<number, PgNumStep> {
    const map = this.#monitor.map();
    const maxMisplaced = configNumber(this.#engine.records, 'mgr', 'target_max_misplaced_ratio');
    return nextPgNums(map, clusterStats(map, this.#port), maxMisplaced);
  }

  #take(steps: ReadonlyMap<number, PgNumStep>): void {
    this.#monitor.publish((map) => {
      const pools = new Map(map.pools);
      for (const [id, step] of steps) {
        const pool = pools.get(id);
        if (pool !== undefined) pools.set(id, stepped(pool, step, map.epoch + 1));
      }
      return {
        ...map,
        pools,
        ...withoutUpmaps(
          map,
          [...steps.values()].flatMap(({ upmapped = [] }) => upmapped),
        ),
      };
    }, 'pg_num and pgp_num');
  }
}

function stepped(pool: PgPool, { pgNum, pgpNum }: PgNumStep, epoch: number): PgPool {
  if (pgpNum !== undefined) return { ...pool, pgpNum, lastChange: epoch };
  if (pgNum === undefined) return pool;
  const changed = { ...pool, lastForceResend: epoch, lastChange: epoch };
  if (pgNum > pool.pgNum) return { ...changed, pgNum };
  const extra = { ...(pool.extra ?? PLAIN_POOL), forceResendPrenautilus: epoch };
  return { ...changed, pgNumPending: pgNum, extra };
}

function withoutUpmaps(map: OsdMap, pgids: readonly string[]): Partial<OsdMap> {
  if (pgids.length === 0) return {};
  const [pgUpmap, pgUpmapItems] = [new Map(map.pgUpmap), new Map(map.pgUpmapItems)];
  for (const pgid of pgids) {
    pgUpmap.delete(pgid);
    pgUpmapItems.delete(pgid);
  }
  return { pgUpmap, pgUpmapItems };
}
