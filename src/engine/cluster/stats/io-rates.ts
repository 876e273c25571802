import type { EngineContext } from '../../base/context.ts';
import { type RecordStore, tableName } from '../../base/records.ts';
import type { Task } from '../../base/task.ts';
import type { Monitor } from '../../mon/monitor.ts';
import { type IoCounts, ioTable, NO_IO, sumIo } from '../../osd/io-counts.ts';
import { NOTHING_RECOVERED, type RecoveryCounts, recoveredTable } from '../../osd/recovery-counts.ts';
import { poolIo } from './pool-usage.ts';

/** What a pool's counts were at a moment. */
interface IoSample {
  readonly at_us: number;
  readonly io: IoCounts;
  /** Left out where nothing ever was. */
  readonly recovered?: RecoveryCounts;
}

/** By pool, oldest first. */
const SAMPLES = tableName<readonly IoSample[]>('mgr/io-samples');
/** By OSD, the last two. */
const OSD_SAMPLES = tableName<readonly IoSample[]>('mgr/osd-io-samples');
/** @ceph src/common/options/mgr.yaml.in mgr_stats_period */
const PERIOD_US = 5_000_000;
/** @ceph src/common/options/mon.yaml.in mon_stat_smooth_intervals */
const INTERVALS = 6;

/** What clients did, a second. */
export interface IoRate {
  readonly io: IoCounts;
  readonly seconds: number;
}

/** What clients did to pools, and what was recovered of them, in so many seconds. */
export interface PoolRate extends IoRate {
  readonly recovered: RecoveryCounts;
}

/**
 * What clients did to pools and what was recovered in the last half minute, or since they began, in the time of the pool
 * that was busy for longest; undefined where it was nothing.
 * @ceph src/mon/PGMap.cc update_delta, client_io_rate_summary, recovery_rate_summary — exact for one pool, with reports of all OSDs at one time
 */
export function ioRate(records: RecordStore, pools: Iterable<number>): PoolRate | undefined {
  const rates = [...pools].flatMap((pool) => poolRate(records.table(SAMPLES).get(String(pool)) ?? []));
  if (rates.length === 0) return undefined;
  const recovered = { ...NOTHING_RECOVERED };
  for (const { recovered: part } of rates) {
    recovered.objects += part.objects;
    recovered.bytes += part.bytes;
    recovered.keys += part.keys;
  }
  const io = sumIo(rates.map((rate) => rate.io));
  return { io, recovered, seconds: Math.max(...rates.map(({ seconds }) => seconds)) };
}

function poolRate(samples: readonly IoSample[]): PoolRate[] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || isSame(first, last)) return [];
  const recovered = recoveredSince(last, first);
  return [{ io: minus(last.io, first.io), recovered, seconds: (last.at_us - first.at_us) / 1e6 }];
}

/** What clients did on an OSD from its last report but one to the last. @ceph src/pybind/mgr/mgr_module.py get_rate — exact */
export function osdIoRate(records: RecordStore, osd: number): IoRate {
  const samples = records.table(OSD_SAMPLES).get(String(osd)) ?? [];
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || first === last) return { io: NO_IO, seconds: 1 };
  return { io: minus(last.io, first.io), seconds: (last.at_us - first.at_us) / 1e6 };
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
    const names = [ioTable(engine.records).name, recoveredTable(engine.records).name];
    engine.records.onChange(
      () => {
        if (!this.#waits) this.#lookSoon();
      },
      (table) => names.includes(table),
    );
  }

  /** With each map, and after records were brought back: pools that are gone are forgotten. */
  startWork(): void {
    const { pools } = this.#monitor.map();
    const { records } = this.#engine;
    const counts = ioTable(records);
    for (const pgid of [...counts.keys()]) if (!pools.has(Number.parseInt(pgid, 10))) counts.delete(pgid);
    const recovered = recoveredTable(records);
    for (const pool of [...recovered.keys()]) if (!pools.has(Number(pool))) recovered.delete(pool);
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
    for (const [pool, now] of this.#samples()) {
      const kept = table.get(String(pool)) ?? [];
      if (kept.length > 1 || !isSame(kept[0] ?? IDLE, now)) return true;
    }
    return false;
  }

  /** Of a pool where nothing happens one sample is kept. */
  #sample(): void {
    const table = this.#engine.records.table(SAMPLES);
    for (const [pool, now] of this.#samples()) {
      const kept = table.get(String(pool)) ?? [];
      const idle = [{ ...(kept[0] ?? IDLE), at_us: now.at_us - PERIOD_US }];
      const samples = [...(kept.length > 1 ? kept : idle), now].slice(-INTERVALS - 1);
      const isIdle = samples.every((sample) => isSame(sample, now));
      if (!isIdle) table.set(String(pool), samples);
      else if (kept.length > 1) table.set(String(pool), [now]);
    }
    this.#sampleOsds();
  }

  #sampleOsds(): void {
    const { records, now_us } = this.#engine;
    const table = records.table(OSD_SAMPLES);
    const counts = new Map<string, IoCounts[]>();
    for (const [key, io] of ioTable(records).entries()) {
      const osd = key.split('@')[1] ?? '';
      counts.set(osd, [...(counts.get(osd) ?? []), io]);
    }
    for (const [osd, parts] of counts) {
      const now = { at_us: now_us(), io: sumIo(parts) };
      const before = table.get(osd)?.at(-1) ?? { at_us: now.at_us - PERIOD_US, io: NO_IO };
      if (before.at_us < now.at_us) table.set(osd, [before, now]);
    }
  }

  /** What is counted of each pool now. */
  #samples(): ReadonlyMap<number, IoSample> {
    const at_us = this.#engine.now_us();
    const rows = new Map(ioTable(this.#engine.records).entries());
    const recovered = recoveredTable(this.#engine.records);
    const pools = new Set([...rows.keys(), ...recovered.keys()].map((key) => Number.parseInt(key, 10)));
    const sampleOf = (pool: number): IoSample => {
      const counts = recovered.get(String(pool));
      return { at_us, io: poolIo(rows, pool), ...(counts === undefined ? {} : { recovered: counts }) };
    };
    return new Map([...pools].map((pool) => [pool, sampleOf(pool)]));
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

const IDLE: IoSample = { at_us: 0, io: NO_IO };

function recoveredSince(
  { recovered: now = NOTHING_RECOVERED }: IoSample,
  { recovered: then = NOTHING_RECOVERED }: IoSample,
): RecoveryCounts {
  return { objects: now.objects - then.objects, bytes: now.bytes - then.bytes, keys: now.keys - then.keys };
}

function isSame(a: IoSample, b: IoSample): boolean {
  return a.io.reads === b.io.reads && a.io.writes === b.io.writes && recoveredSince(a, b).objects === 0;
}
