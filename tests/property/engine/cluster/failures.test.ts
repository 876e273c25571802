import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../../../../src/engine/base/assert.ts';
import { bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import { CephError } from '../../../../src/engine/base/errno.ts';
import type { Task } from '../../../../src/engine/base/task.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { setConfig } from '../../../../src/engine/mon/config/change.ts';
import { setErasureProfile } from '../../../../src/engine/mon/erasure-profile.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../src/engine/mon/pool-set.ts';
import { missingTable } from '../../../../src/engine/osd/missing.ts';
import { membersOf } from '../../../../src/engine/osd/past-intervals.ts';
import { isClean } from '../../../../src/engine/osd/pg-state.ts';
import { testCluster } from '../../../helpers/cluster.ts';
import { differingReplicas } from '../../../helpers/cluster-checks.ts';
import { propertyRuns } from '../../../helpers/property-runs.ts';
import { scrubFaults, scrubPool } from '../../../helpers/scrubs.ts';

const NAMES = 12;
/** A replicated pool of three copies on six OSDs, or an erasure pool of two data and two coding shards on eight. */
const KINDS = {
  replicated: { osds: 6, osdsPerHost: 2 },
  erasure: { osds: 8, osdsPerHost: 2 },
} as const;
/** Far more than recovery of so few objects takes. */
const MOST_STEPS = 20_000;
const OPS = [
  'write',
  'write',
  'write',
  'remove',
  'stop',
  'kill',
  'power-off',
  'start',
  'start',
  'cut-off',
  'reconnect',
  'log',
  'out',
  'in',
  'pg_num',
  'pg_num target',
  'async',
  'full',
  'wait',
  'crash',
] as const;
const step = fc.tuple(fc.constantFrom(...OPS), fc.nat(1000), fc.nat(1000));

const ACROSS_OSDS = {
  name: 'across-osds',
  words: ['k=2', 'm=2', 'crush-failure-domain=osd'],
  force: false,
  sure: false,
};

/** What an object may hold: the last value acknowledged, and those of writes that nobody waited for. */
interface Expected {
  acknowledged: number | null;
  readonly maybe: Set<number | null>;
}

class World {
  readonly cluster: Cluster;
  readonly io: IoCtx;
  readonly #expected = new Map<string, Expected>();
  readonly #down = new Set<number>();
  readonly #osds: number;
  #value = 0;

  constructor(kind: keyof typeof KINDS) {
    this.cluster = testCluster(KINDS[kind]);
    this.#osds = KINDS[kind].osds;
    if (kind === 'erasure') setErasureProfile(this.cluster.monitor, ACROSS_OSDS);
    createPool(this.cluster.monitor, { name: 'p', pgNum: 8, type: kind, profile: 'across-osds' });
    this.io = this.cluster.connect().ioCtx('p');
  }

  step(op: (typeof OPS)[number], a: number, b: number): void {
    const { monitor } = this.cluster;
    const osd = a % this.#osds;
    if (op === 'write') this.#write(`o${a % NAMES}`, true);
    else if (op === 'remove') this.#write(`o${a % NAMES}`, false);
    else if (op === 'crash') this.#crash(`o${a % NAMES}`, b % 4);
    else if (op === 'stop') this.#stop([osd], 'in-order');
    else if (op === 'kill') this.#stop([osd], 'killed');
    else if (op === 'power-off') this.#stop(this.#hostOf(osd), 'power-off');
    else if (op === 'start') this.#start(osd);
    else if (op === 'cut-off') this.cluster.daemons.cutOff(this.#hostOf(osd));
    else if (op === 'reconnect') this.cluster.daemons.reconnect(this.#hostOf(osd));
    else if (op === 'log') this.#keepLog(b % 2 === 0 ? 3 : 250);
    else if (op === 'out' || op === 'in') this.#weigh(osd, op === 'in' ? 0x10000 : 0);
    else if (op === 'pg_num') {
      const pgNum = [4, 8, 13, 16][a % 4] ?? 8;
      monitor.publishPool(this.io.poolId, (pool) => ({ ...pool, pgNum, pgpNum: pgNum }), 'pg_num');
    } else if (op === 'pg_num target') {
      const value = String([4, 8, 13, 16][a % 4] ?? 8);
      setPool(monitor, { name: 'p', key: 'pg_num', value });
    } else if (op === 'async') setConfig(monitor, 'osd', 'osd_async_recovery_min_cost', b % 2 === 0 ? '0' : '100');
    else if (op === 'full') this.#setBackfillfull(b % 3 === 0 ? 1e-6 : 0.9);
    else this.cluster.advance(b % 5 === 0 ? b * 50_000 : (b % 50) * 20_000);
  }

  #stop(osds: readonly number[], how: 'in-order' | 'killed' | 'power-off'): void {
    for (const osd of osds) {
      this.cluster.daemons.stop(osd, how);
      this.#down.add(osd);
    }
  }

  #start(osd: number): void {
    this.cluster.daemons.start(osd);
    this.#down.delete(osd);
  }

  #hostOf(osd: number): readonly number[] {
    return [osd - (osd % 2), osd - (osd % 2) + 1];
  }

  /** With a short log whoever missed more is filled anew. */
  #keepLog(entries: number): void {
    setConfig(this.cluster.monitor, 'osd', 'osd_max_pg_log_entries', String(entries));
    setConfig(this.cluster.monitor, 'osd', 'osd_min_pg_log_entries', String(entries));
    setConfig(this.cluster.monitor, 'osd', 'osd_pg_log_trim_min', '1');
  }

  /** Where no OSD may be filled, those that are to be filled wait. */
  #setBackfillfull(ratio: number): void {
    const { monitor } = this.cluster;
    monitor.publish((map) => ({ ...map, nearfullRatio: ratio, backfillfullRatio: ratio }), 'ratios');
  }

  #weigh(osd: number, weight: number): void {
    this.cluster.monitor.publish(
      (map) => ({ ...map, osds: map.osds.map((info, id) => (info && id === osd ? { ...info, weight } : info)) }),
      'weight',
    );
  }

  /** Writes or removes; a request that waits for OSDs is given up, as with Ctrl-C, and was not acknowledged. */
  #write(name: string, put: boolean): void {
    const value = put ? ++this.#value : null;
    const at = this.#of(name);
    const task = this.#request(name, value);
    for (;;) {
      const outcome = this.#stepOf(task, name, value);
      if (outcome === 'ran') continue;
      if (outcome === 'done') {
        at.acknowledged = value;
        at.maybe.clear();
      }
      return;
    }
  }

  /** The client dies some steps into a write. */
  #crash(name: string, steps: number): void {
    const value = ++this.#value;
    const task = this.#request(name, value);
    for (let i = 0; i < steps; i++) {
      const outcome = this.#stepOf(task, name, value);
      if (outcome === 'done') Object.assign(this.#of(name), { acknowledged: value, maybe: new Set() });
      if (outcome !== 'ran') return;
    }
    this.#of(name).maybe.add(value);
    task.return();
  }

  #stepOf(task: Task<void>, name: string, value: number | null): 'ran' | 'done' | 'given-up' {
    const outcome = this.cluster.step(task);
    if (outcome.kind !== 'blocked') return outcome.kind;
    this.#of(name).maybe.add(value);
    task.return();
    return 'given-up';
  }

  *#request(name: string, value: number | null): Task<void> {
    try {
      if (value === null) yield* this.io.remove(name);
      else yield* this.io.writeFull(name, fillData(1000 + value, value % 256));
    } catch (error) {
      if (!(error instanceof CephError && error.is('ENOENT'))) throw error;
    }
  }

  #of(name: string): Expected {
    let at = this.#expected.get(name);
    if (at === undefined) this.#expected.set(name, (at = { acknowledged: null, maybe: new Set() }));
    return at;
  }

  /** Everybody comes back; all must be whole then. */
  heal(): void {
    for (const osd of [...this.#down]) this.#start(osd);
    this.#setBackfillfull(0.9);
    this.cluster.daemons.reconnect(Array.from({ length: this.#osds }, (_, osd) => osd));
    for (let osd = 0; osd < this.#osds; osd++) this.#weigh(osd, 0x10000);
    const settling = this.cluster.settle();
    for (let steps = 0; this.cluster.step(settling).kind === 'ran'; steps++) {
      if (steps > MOST_STEPS) throw new Error('the cluster does not come to rest');
    }
  }

  check(): void {
    const { cluster, io } = this;
    const pool = cluster.monitor.map().pools.get(io.poolId);
    for (const record of cluster.pgs.records().filter((each) => each.pool === io.poolId)) {
      expect(pool !== undefined && isClean(record, pool), `${record.seed} ${record.phase} ${record.work}`).toBe(true);
      expect(missingTable(cluster.records, `${record.pool}.${record.seed.toString(16)}`).size).toBe(0);
      expect([...record.peers.keys()].toSorted()).toEqual(
        membersOf(record.interval.acting, must(pool, 'pool')).toSorted(),
      );
    }
    expect(cluster.monitor.map().pgTemp.size).toBe(0);
    expect(differingReplicas(cluster, io.poolId)).toEqual([]);
    for (const [name, { acknowledged, maybe }] of this.#expected) {
      const found = this.#read(name);
      const allowed = [acknowledged, ...maybe].map((value) => (value === null ? null : value));
      expect(allowed, name).toContain(found);
    }
  }

  /** [SC3] Whatever went before, scrubs of all PGs find nothing. */
  scrub(): void {
    scrubPool(this.cluster, this.io.poolId, 'deep-scrub');
    expect(scrubFaults(this.cluster, this.io.poolId)).toEqual({ found: [], errors: 0 });
  }

  #read(name: string): number | null {
    try {
      const data = this.cluster.run(this.io.read(name));
      const value = data.length - 1000;
      expect(bytesOfData(data).every((byte) => byte === value % 256)).toBe(true);
      return value;
    } catch (error) {
      if (error instanceof CephError && error.is('ENOENT')) return null;
      throw error;
    }
  }
}

function losesNothing(kind: keyof typeof KINDS, runs: number): void {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const world = new World(kind);
      for (const [op, a, b] of steps) world.step(op, a, b);
      world.heal();
      world.check();
      world.scrub();
    }),
    propertyRuns(runs),
  );
}

test('[PG6] whatever fails and comes back during writes, every acknowledged byte is there after recovery', () => {
  losesNothing('replicated', 150);
}, 600_000);

test('[PG6] [EC5] the same in an erasure pool, where any two of four shards suffice', () => {
  losesNothing('erasure', 100);
}, 600_000);
