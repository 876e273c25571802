import { must } from '../../base/assert.ts';
import { CephError } from '../../base/errno.ts';
import { OP_US } from '../../base/request-time.ts';
import type { Task } from '../../base/task.ts';
import { configNumber } from '../../mon/config/value.ts';
import { hobjectKey } from '../../os/hobject.ts';
import type { Onode } from '../../os/onode.ts';
import { missingTable } from '../../osd/missing.ts';
import { objectIn, type PgView } from '../../osd/primary-log-pg.ts';
import { isDirty } from '../../osd/tier/clean.ts';
import { mayEvict } from '../../osd/tier/evict.ts';
import { flushObject } from '../../osd/tier/flush.ts';
import { dropOldHitSets, temperatureOf } from '../../osd/tier/hit-sets.ts';
import { dropObject } from '../../osd/tier/store-change.ts';
import { tiering } from '../../osdmap/cache-modes.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { pgSeedOfHash } from '../../osdmap/placement.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';
import { type AgentMode, agentMode, IDLE } from './agent-mode.ts';
import { TemperatureHistogram } from './temperatures.ts';

/** How many objects of a PG the agent looks at before it asks again how full the PG is. */
const LOOK = 10;

/** Sets the agent of a cache to work, if that has a target and the agent may. */
export function startAgent(pgs: PlacementGroups, id: number): void {
  const pool = pgs.monitor.map().pools.get(id);
  if (pool === undefined || !mayWork(pgs, pool)) return;
  pgs.engine.spawn(`tier-agent/${id}`, new TierAgent(pgs, id).run());
}

function mayWork(pgs: PlacementGroups, pool: PgPool): boolean {
  const { cacheMode, tierOf, targetMaxBytes, targetMaxObjects } = tiering(pool);
  if (cacheMode === 0 || tierOf < 0 || targetMaxBytes + targetMaxObjects === 0) return false;
  return !pgs.monitor.map().flags.includes('notieragent');
}

/**
 * What flushes and drops objects of a cache beside its clients, so that it stays below its targets: PG by PG, some objects at
 * a time, until there is nothing to do, or nothing that may be done now. Then it looks again later.
 * @ceph src/osd/PrimaryLogPG.cc agent_work, agent_maybe_flush, agent_maybe_evict — exact in what it does to an object
 */
class TierAgent {
  readonly #pgs: PlacementGroups;
  readonly #pool: number;
  readonly #modes = new Map<number, AgentMode>();
  readonly #temperatures = new Map<number, TemperatureHistogram>();

  constructor(pgs: PlacementGroups, pool: number) {
    this.#pgs = pgs;
    this.#pool = pool;
  }

  *run(): Task<void> {
    for (;;) {
      let done = 0;
      let busy = 0;
      const pool = this.#pgs.monitor.map().pools.get(this.#pool);
      if (pool === undefined || !mayWork(this.#pgs, pool)) return;
      for (let seed = 0; seed < pool.pgNum; seed++) {
        const outcome = yield* this.#pass(seed);
        done += outcome.done;
        if (outcome.busy) busy++;
      }
      if (done > 0) continue;
      if (busy > 0) this.#comeBack();
      return;
    }
  }

  /** Objects that are too young now, or wait for others, are looked at again. */
  #comeBack(): void {
    const { engine } = this.#pgs;
    const delay_us = configNumber(engine.records, 'osd', 'osd_agent_delay_time') * 1_000_000;
    const [pgs, pool] = [this.#pgs, this.#pool];
    engine.spawnTimer(
      `tier-agent-again/${pool}`,
      (function* () {
        yield delay_us;
        startAgent(pgs, pool);
      })(),
    );
  }

  /** Goes once through a PG. */
  *#pass(seed: number): Task<{ readonly done: number; readonly busy: boolean }> {
    let done = 0;
    for (let at = 0; ; at += LOOK) {
      const cache = this.#view(seed);
      const mode = cache === null ? IDLE : this.#choose(cache);
      if (cache === null || mode === IDLE) return { done, busy: false };
      const keys = [...must(cache.acting[0], 'primary').collection(this.#pool, seed).keys()].sort();
      const some = keys.slice(at, at + LOOK);
      if (some.length === 0) return { done, busy: true };
      let gone = 0;
      for (const key of some) {
        const what = this.#workOn(seed, key, mode);
        if (what === null) continue;
        done++;
        if (what === 'evicted') gone++;
        yield OP_US;
      }
      at -= gone;
    }
  }

  #view(seed: number): PgView | null {
    const view = this.#pgs.view(this.#pool, seed);
    if (view === null || view.phase !== 'active' || view.silent.length > 0) return null;
    return missingTable(this.#pgs.engine.records, view.pgid).size > 0 ? null : view;
  }

  #choose(cache: PgView): AgentMode {
    const mode = agentMode(this.#pgs.engine.records, cache, this.#modes.get(cache.seed) ?? IDLE);
    this.#modes.set(cache.seed, mode);
    return mode;
  }

  #workOn(seed: number, key: string, mode: AgentMode): 'evicted' | 'flushed' | null {
    const cache = this.#view(seed);
    const onode = cache === null ? undefined : objectIn(cache, key);
    if (cache === null || onode === undefined) return null;
    if (mode.evict !== 'idle' && this.#evicts(cache, onode, mode)) {
      dropObject(this.#pgs.engine, cache, onode);
      return 'evicted';
    }
    return mode.flush !== 'idle' && this.#flushes(cache, onode, mode) ? 'flushed' : null;
  }

  #evicts(cache: PgView, onode: Onode, mode: AgentMode): boolean {
    if (!mayEvict(cache, onode)) return false;
    if (mode.evict === 'full') return true;
    if (this.#isYoung(onode, tiering(cache.pool).cacheMinEvictAge_s)) return false;
    let histogram = this.#temperatures.get(cache.seed);
    if (histogram === undefined) this.#temperatures.set(cache.seed, (histogram = new TemperatureHistogram()));
    const upper_micro = histogram.addAndRank(temperatureOf(this.#pgs.engine.records, cache, hobjectKey(onode.hoid)));
    return 1_000_000 - upper_micro < mode.effort_micro;
  }

  #flushes(cache: PgView, onode: Onode, mode: AgentMode): boolean {
    const { cacheMinFlushAge_s, tierOf } = tiering(cache.pool);
    if (!isDirty(onode)) return false;
    if (mode.evict !== 'full' && this.#isYoung(onode, cacheMinFlushAge_s)) return false;
    const base = this.#basePg(tierOf, onode);
    if (base === null) return false;
    try {
      flushObject(this.#pgs.engine, cache, base, onode);
      return true;
    } catch (error) {
      // It stays dirty, and is tried again.
      if (error instanceof CephError) return false;
      throw error;
    }
  }

  #isYoung({ info }: Onode, least_s: number): boolean {
    return info.mtime_us + least_s * 1_000_000 > this.#pgs.engine.now_us();
  }

  #basePg(pool: number, { hoid }: Onode): PgView | null {
    const base = this.#pgs.monitor.map().pools.get(pool);
    if (base === undefined) return null;
    const view = this.#pgs.view(pool, pgSeedOfHash(base, hoid.hash));
    if (view === null || view.phase !== 'active' || view.silent.length > 0) return null;
    return missingTable(this.#pgs.engine.records, view.pgid).size > 0 ? null : view;
  }
}

/** Sets the agents of all caches to work: with each map, and after records were brought back. */
export function startAgents(pgs: PlacementGroups): void {
  const { pools } = pgs.monitor.map();
  dropOldHitSets(pgs.engine.records, pools);
  for (const pool of pools.values()) if (pool.extra !== undefined && pool.extra.cacheMode > 0) startAgent(pgs, pool.id);
}
