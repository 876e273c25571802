import type { EngineContext } from '../../base/context.ts';
import { type Change, type RecordStore, tableName } from '../../base/records.ts';
import type { Task } from '../../base/task.ts';
import { dropOverrides } from '../../mon/config/overrides.ts';
import { healthOf } from '../../mon/health.ts';
import { type HealthSource, isHealthTold, logHealth } from '../../mon/health-log.ts';
import type { Monitor } from '../../mon/monitor.ts';
import { logOsds } from '../../mon/osd-log.ts';
import { setShardsRepaired } from '../../mon/osd-repairs.ts';
import type { StatsPort } from '../../mon/pg-stat.ts';
import { type ClusterStats, clusterStats } from '../../mon/stats.ts';
import { isCollection } from '../../os/object-store.ts';
import { PG_TABLE, type PgRecord, pgChanged } from '../../osd/pg.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { isOpWaiting } from '../op-watch/hook.ts';
import { STOPPED } from '../osd-reach.ts';
import { osdNews } from './osd-news.ts';

/** What the watch keeps in mind: the newest epoch that it looked at, and when health last changed. */
const NUMBERS = tableName<number>('health-watch');

/** Nothing is reported: for checks of the map alone. */
const NO_RAW = { totalBytes: 0, dataBytes: 0, omapBytes: 0, metaBytes: 0, usedBytes: 0, availBytes: 0 };
const NO_SUMS = { objects: 0, copies: 0, bytes: 0, degraded: 0, misplaced: 0 };
const NO_STATS: ClusterStats = { pgs: [], pools: [], osds: [], ...NO_SUMS, raw: NO_RAW };

/** @ceph src/common/options/mon.yaml.in mon_tick_interval */
const TICK_US = 5_000_000;
const MINUTE_US = 60_000_000;
const HOUR_US = 60 * MINUTE_US;
/** After so long without a change health is looked at less often. */
const FRESH_US = 2 * MINUTE_US;
/** So much of all objects is much that is new. */
const NEW_SHARE = 1 / 32;

/**
 * The monitor's and the manager's look at health: what changes is written to the cluster log, of the map at once, of what
 * daemons report at full five seconds; where nothing happens for long, at full minutes and then at full hours.
 */
export class HealthWatch {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;
  readonly #port: StatsPort;
  /** The map that was looked at last. */
  #seen: OsdMap;
  /** Something has happened beside writes to objects. */
  #isDirty = true;
  /** Copies of objects that were written since the last look, and how many there were then. */
  #writes = 0;
  #copies = 0;
  /** Copies are missing or in other places: what is told of them changes with each that is made. */
  #heals = false;
  #waits = false;

  constructor(engine: EngineContext, monitor: Monitor, port: StatsPort) {
    this.#engine = engine;
    this.#monitor = monitor;
    this.#port = port;
    this.#seen = monitor.map();
    engine.records.onChange((change) => {
      if (isCollection(change.table)) this.#writes++;
      else if (!isWrite(change)) this.#isDirty = true;
      if (!this.#waits) this.#lookSoon();
    }, isReported);
  }

  /** With each map, and after records were brought back. */
  startWork(): void {
    // What waited may have been dropped; a second one is not started.
    this.#isDirty = true;
    this.#lookSoon();
    this.#engine.spawnTimer('mon-health-late', this.#lookNowAndThen());
    const [before, map] = [this.#seen, this.#monitor.map()];
    this.#seen = map;
    const numbers = this.#engine.records.table(NUMBERS);
    if (map.epoch !== before.epoch + 1 || (numbers.get('epoch') ?? 0) >= map.epoch) return;
    numbers.set('epoch', map.epoch);
    forgetProcesses(this.#engine.records, before, map);
    logOsds(this.#monitor, before, map, osdNews(this.#monitor));
    this.#tell(NO_STATS, 'map');
  }

  #lookSoon(): void {
    this.#waits = true;
    this.#engine.spawnTimer('mon-health', this.#look());
  }

  /** At full five seconds, while anything changes or waits. */
  *#look(): Task<void> {
    do {
      const before = this.#writes;
      yield TICK_US - (this.#engine.now_us() % TICK_US);
      if (this.#writes === before || this.#isWorthALook()) this.#compare();
    } while (this.#writes > 0 || this.#isUnsettled() || this.#unchanged_us() < FRESH_US);
    this.#waits = false;
  }

  /** While clients write and nothing else happens, health is looked at when there is much that is new. */
  #isWorthALook(): boolean {
    return this.#isUnsettled() || this.#heals || this.#writes > this.#copies * NEW_SHARE;
  }

  #isUnsettled(): boolean {
    return this.#isDirty || isOpWaiting(this.#engine.records);
  }

  /** What only time brings about. */
  *#lookNowAndThen(): Task<void> {
    for (;;) {
      const { records } = this.#engine;
      const step_us = isHealthTold(records) && this.#unchanged_us() < HOUR_US ? MINUTE_US : HOUR_US;
      yield step_us - (this.#engine.now_us() % step_us);
      this.#compare();
    }
  }

  #unchanged_us(): number {
    return this.#engine.now_us() - (this.#engine.records.table(NUMBERS).get('changed') ?? 0);
  }

  #compare(): void {
    this.#isDirty = false;
    this.#writes = 0;
    const stats = clusterStats(this.#monitor.map(), this.#port);
    this.#copies = stats.copies;
    this.#heals = stats.degraded + stats.misplaced > 0;
    this.#tell(stats, 'map', 'reports');
  }

  #tell(stats: ClusterStats, ...sources: readonly HealthSource[]): void {
    const { records, now_us } = this.#engine;
    const { checks } = healthOf(this.#monitor.map(), stats, now_us(), records);
    for (const source of sources)
      if (logHealth(this.#monitor, source, checks)) records.table(NUMBERS).set('changed', now_us());
  }
}

/** Tables of what daemons report. */
function isReported(table: string): boolean {
  return isCollection(table) || REPORTED.has(table);
}

const REPORTED: ReadonlySet<string> = new Set([PG_TABLE, 'scrub', 'config', 'config-key', 'osd-repairs']);

/** A PG that was written to and is as it was otherwise. */
function isWrite({ table, from, to }: Change): boolean {
  // Records of the PG table, as that table's type has it.
  return table === PG_TABLE && !pgChanged(from as PgRecord | undefined, to as PgRecord | undefined);
}

/** What an OSD's process has counted, and what it was told, ends with it. */
function forgetProcesses(records: RecordStore, before: OsdMap, after: OsdMap): void {
  for (const [id, osd] of after.osds.entries()) {
    const isGone = osd?.up === false && before.osds[id]?.up === true && records.table(STOPPED).has(String(id));
    if (!isGone) continue;
    setShardsRepaired(records, id, 0);
    dropOverrides(records, `osd.${id}`);
  }
}
