import type { EngineContext } from '../../base/context.ts';
import { type RecordStore, tableName } from '../../base/records.ts';
import type { Task } from '../../base/task.ts';
import type { Monitor } from '../../mon/monitor.ts';
import { type IoCounts, ioTable, NO_IO, sumIo } from '../../osd/io-counts.ts';
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

/**
 * Looks at the counts of reads and writes at every full five seconds, while there are any. All that it goes by is in the
 * records, so that a state that was brought back goes on as it did.
 */
export class IoRates {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;
  #waits = false;

  constructor(engine: EngineContext, monitor: Monitor) {
    this.#engine = engine;
    this.#monitor = monitor;
    const { name } = ioTable(engine.records);
    engine.records.onChange(({ table }) => {
      if (table === name && !this.#waits) this.#lookSoon();
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
    if (this.#isBusy()) this.#lookSoon();
  }

  #lookSoon(): void {
    this.#waits = true;
    this.#engine.spawnTimer('mgr-io', this.#look());
  }

  *#look(): Task<void> {
    do {
      yield PERIOD_US - (this.#engine.now_us() % PERIOD_US);
      this.#sample();
    } while (this.#isBusy());
    this.#waits = false;
  }

  /** True while a pool has a rate, or counts that were not looked at. */
  #isBusy(): boolean {
    const table = this.#engine.records.table(SAMPLES);
    for (const [pool, { io }] of this.#samples()) {
      const kept = table.get(String(pool)) ?? [];
      if (kept.length > 1 || !isSame(kept[0]?.io ?? NO_IO, io)) return true;
    }
    return false;
  }

  /** Of a pool where nothing happens one sample is kept. */
  #sample(): void {
    const table = this.#engine.records.table(SAMPLES);
    for (const [pool, now] of this.#samples()) {
      const kept = table.get(String(pool)) ?? [];
      const idle = [{ at_us: now.at_us - PERIOD_US, io: kept[0]?.io ?? NO_IO }];
      const samples = [...(kept.length > 1 ? kept : idle), now].slice(-INTERVALS - 1);
      const isIdle = samples.every(({ io }) => isSame(io, now.io));
      if (!isIdle) table.set(String(pool), samples);
      else if (kept.length > 1) table.set(String(pool), [now]);
    }
  }

  /** What is counted of each pool now. */
  #samples(): ReadonlyMap<number, IoSample> {
    const at_us = this.#engine.now_us();
    const rows = new Map(ioTable(this.#engine.records).entries());
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
