import type { EngineContext } from '../base/context.ts';
import { type Change, type RecordStore, type Table, tableName } from '../base/records.ts';
import type { Task } from '../base/task.ts';
import type { Monitor } from '../mon/monitor.ts';
import { type IoCounts, ioTable, NO_IO, sumIo } from '../osd/io-counts.ts';
import { poolIo } from './pool-usage.ts';

/** What a pool's counts were at a moment. */
interface IoSample {
  readonly at_us: number;
  readonly io: IoCounts;
}

/** By pool, oldest first. */
const SAMPLES = tableName<readonly IoSample[]>('mgr/io-samples');
/** @ceph src/common/options/mgr.yaml.in mgr_stats_period */
const PERIOD_US = 5_000_000;
/** @ceph src/common/options/mon.yaml.in mon_stat_smooth_intervals */
const INTERVALS = 6;

/** What clients did to a pool, a second. */
export interface IoRate {
  readonly io: IoCounts;
  readonly seconds: number;
}

/**
 * What clients did to pools in the last half minute, or since they began, in the time of the pool that was busy for
 * longest; undefined where it was nothing.
 * @ceph src/mon/PGMap.cc update_delta, client_io_rate_summary — exact for one pool, with reports of all OSDs at one time
 */
export function ioRate(records: RecordStore, pools: Iterable<number>): IoRate | undefined {
  const rates = [...pools].flatMap((pool) => poolRate(records.table(SAMPLES).get(String(pool)) ?? []));
  if (rates.length === 0) return undefined;
  return { io: sumIo(rates.map(({ io }) => io)), seconds: Math.max(...rates.map(({ seconds }) => seconds)) };
}

function poolRate(samples: readonly IoSample[]): IoRate[] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || isSame(first.io, last.io)) return [];
  return [{ io: minus(last.io, first.io), seconds: (last.at_us - first.at_us) / 1e6 }];
}

/** Looks at the counts of reads and writes every five seconds, while there are any. */
export class IoRates {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;
  #waits = false;
  /** What was counted when the first look was called for. */
  #before: ReadonlyMap<number, IoSample> = new Map();

  constructor(engine: EngineContext, monitor: Monitor) {
    this.#engine = engine;
    this.#monitor = monitor;
    const { name } = ioTable(engine.records);
    engine.records.onChange((change) => {
      if (change.table !== name || this.#waits) return;
      this.#before = this.#samples(change);
      this.#lookSoon();
    });
  }

  /** With each map, and after records were brought back: pools that are gone are forgotten. */
  startWork(): void {
    const { pools } = this.#monitor.map();
    const { records } = this.#engine;
    const counts = ioTable(records);
    for (const pgid of [...counts.keys()]) if (!pools.has(Number.parseInt(pgid, 10))) counts.delete(pgid);
    const samples = records.table(SAMPLES);
    for (const pool of [...samples.keys()]) if (!pools.has(Number(pool))) samples.delete(pool);
    // What waited may have been dropped; a second one is not started.
    this.#waits = false;
    if (samples.size > 0 || this.#before.size > 0) this.#lookSoon();
  }

  #lookSoon(): void {
    this.#waits = true;
    this.#engine.spawnTimer('mgr-io', this.#look());
  }

  *#look(): Task<void> {
    const table = this.#engine.records.table(SAMPLES);
    do {
      yield PERIOD_US;
      this.#sample(table);
    } while (table.size > 0);
    this.#waits = false;
  }

  #sample(table: Table<readonly IoSample[]>): void {
    for (const [pool, now] of this.#samples()) {
      const before = table.get(String(pool)) ?? [this.#before.get(pool) ?? { at_us: now.at_us - PERIOD_US, io: NO_IO }];
      const samples = [...before, now].slice(-INTERVALS - 1);
      if (samples.every(({ io }) => isSame(io, now.io))) table.delete(String(pool));
      else table.set(String(pool), samples);
    }
    this.#before = new Map();
  }

  /** What is counted of each pool now, or was before a change. */
  #samples(without?: Change): ReadonlyMap<number, IoSample> {
    const at_us = this.#engine.now_us();
    const rows = new Map(ioTable(this.#engine.records).entries());
    // Changes of that table hold its records.
    if (without !== undefined) rows.set(without.key, (without.from as IoCounts | undefined) ?? NO_IO);
    const pools = new Set([...rows.keys()].map((pgid) => Number.parseInt(pgid, 10)));
    return new Map([...pools].map((pool) => [pool, { at_us, io: poolIo(rows, pool) }]));
  }
}

function minus(a: IoCounts, b: IoCounts): IoCounts {
  return {
    reads: a.reads - b.reads,
    readKib: a.readKib - b.readKib,
    writes: a.writes - b.writes,
    writtenKib: a.writtenKib - b.writtenKib,
    readRequests: a.readRequests - b.readRequests,
    writeRequests: a.writeRequests - b.writeRequests,
  };
}

function isSame(a: IoCounts, b: IoCounts): boolean {
  return a.reads === b.reads && a.writes === b.writes;
}
