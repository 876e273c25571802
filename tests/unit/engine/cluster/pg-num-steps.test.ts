import { expect, test } from 'vitest';
import { must } from '../../../../src/engine/base/assert.ts';
import { fillData } from '../../../../src/engine/base/data.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../src/engine/mon/pool-set.ts';
import { clusterStats } from '../../../../src/engine/mon/stats.ts';
import type { PgPool } from '../../../../src/engine/osdmap/osd-map.ts';
import { pgOfObject } from '../../../../src/engine/osdmap/placement.ts';
import { testCluster } from '../../../helpers/cluster.ts';

const OBJECTS = 60;
const TICK_US = 2_000_000;

function setUp(pgNum: number, objects = OBJECTS): { cluster: Cluster; io: IoCtx } {
  const cluster = testCluster();
  createPool(cluster.monitor, { name: 'p', pgNum });
  cluster.run(cluster.settle());
  const io = cluster.connect().ioCtx('p');
  for (let n = 0; n < objects; n++) cluster.run(io.writeFull(`o${n}`, fillData(10, n)));
  return { cluster, io };
}

function poolOf({ monitor }: Cluster): PgPool {
  return must(monitor.findPool('p'), 'p');
}

function set(cluster: Cluster, key: 'pg_num' | 'pgp_num', value: number): number {
  return setPool(cluster.monitor, { name: 'p', key, value: String(value) }).code;
}

/** Every map's pg_num and pgp_num from now on, until nothing is left to do. */
function walk(cluster: Cluster): [pgNum: number, pgpNum: number][] {
  const seen: [number, number][] = [];
  const task = cluster.settle();
  for (;;) {
    const { pgNum, pgpNum } = poolOf(cluster);
    const last = seen.at(-1);
    if (last?.[0] !== pgNum || last[1] !== pgpNum) seen.push([pgNum, pgpNum]);
    if (cluster.step(task).kind === 'done') return seen;
  }
}

test('[PG12] setting pg_num changes the target alone, and pgp_num follows as long as it is the same', () => {
  const { cluster } = setUp(8);
  set(cluster, 'pg_num', 16);
  expect(poolOf(cluster)).toMatchObject({ pgNum: 8, pgpNum: 8, pgNumTarget: 16, pgpNumTarget: 16 });
  set(cluster, 'pgp_num', 12);
  expect(poolOf(cluster)).toMatchObject({ pgNum: 8, pgpNum: 8, pgNumTarget: 16, pgpNumTarget: 12 });
  set(cluster, 'pg_num', 32);
  expect(poolOf(cluster)).toMatchObject({ pgNumTarget: 32, pgpNumTarget: 12 });
  cluster.run(cluster.settle());
  expect(poolOf(cluster)).toMatchObject({ pgNum: 32, pgpNum: 12 });
});

test('[PG12] PGs split at once and move one at a time', () => {
  const { cluster } = setUp(8);
  set(cluster, 'pg_num', 16);
  const steps = walk(cluster);
  expect(steps).toEqual([[8, 8], ...Array.from({ length: 9 }, (_, n) => [16, 8 + n])]);
});

test('[PG12] PGs with next to nothing in them move all at once', () => {
  const { cluster } = setUp(8, 4);
  set(cluster, 'pg_num', 16);
  expect(walk(cluster)).toEqual([
    [8, 8],
    [16, 8],
    [16, 16],
  ]);
});

test('[PG12] PGs merge one by one, each clean and on the OSDs of the one that it goes into', () => {
  const { cluster, io } = setUp(16);
  set(cluster, 'pg_num', 6);
  const steps = walk(cluster);
  expect(steps.at(-1)).toEqual([6, 6]);
  for (const [at, [pgNum, pgpNum]] of steps.entries()) {
    const before = steps[at - 1];
    if (before === undefined) continue;
    expect(before[0] - pgNum).toBeLessThanOrEqual(1);
    // What merges now no longer counts for placement: it lies where its parent lies.
    if (pgNum < before[0]) expect(before[1]).toBeLessThan(before[0]);
    expect(pgNum - pgpNum).toBeLessThanOrEqual(8);
  }
  expect(cluster.run(io.list())).toHaveLength(OBJECTS);
});

test('[PG12] PGs that merge stop serving first, and what waits for them goes on after', () => {
  const { cluster, io } = setUp(16);
  set(cluster, 'pg_num', 15);
  const states = new Map<string, Set<string>>();
  const task = cluster.settle();
  let waiting: ReturnType<typeof io.writeFull> | undefined;
  while (cluster.step(task).kind !== 'done') {
    for (const { pgid, state } of clusterStats(cluster.monitor.map(), cluster.stats).pgs)
      if (state.includes('premerge')) states.set(pgid, (states.get(pgid) ?? new Set()).add(state));
    if (states.size === 2 && waiting === undefined) waiting = io.writeFull(nameIn(cluster, 15), fillData(10, 1));
  }
  expect(states).toEqual(new Map(['2.7', '2.f'].map((pgid) => [pgid, new Set(['clean+premerge+peered'])])));
  cluster.run(must(waiting, 'a write'));
  expect(cluster.pgs.record(poolOf(cluster).id, 7)).toMatchObject({ phase: 'active', work: 'none' });
});

test('[PG12] a merge is taken back when an OSD fails before both PGs are ready, and made later', () => {
  const { cluster } = setUp(16);
  set(cluster, 'pg_num', 15);
  while (poolOf(cluster).pgNumPending !== 15) cluster.advance(10_000);
  const [osd = -1] = cluster.pgs.record(poolOf(cluster).id, 7)?.interval.acting ?? [];
  cluster.daemons.stop(osd, 'in-order');
  cluster.run(cluster.settle());
  expect(poolOf(cluster)).toMatchObject({ pgNum: 16, pgNumTarget: 15 });
  expect(poolOf(cluster).pgNumPending ?? 16).toBe(16);
  cluster.daemons.start(osd);
  cluster.run(cluster.settle());
  expect(poolOf(cluster).pgNum).toBe(15);
});

/** A name whose object goes into a PG while the pool has 16. */
function nameIn(cluster: Cluster, seed: number): string {
  const pool = { ...poolOf(cluster), pgNum: 16 };
  for (let n = 0; ; n++) if (pgOfObject(pool, '', `n${n}`).seed === seed) return `n${n}`;
}

test('[PG12] while copies are missing PGs split, but do not move; the rest follows when they are back', () => {
  const { cluster } = setUp(8);
  cluster.daemons.stop(2, 'in-order');
  cluster.run(cluster.settle());
  set(cluster, 'pg_num', 16);
  cluster.run(cluster.settle(20 * TICK_US));
  expect(poolOf(cluster)).toMatchObject({ pgNum: 16, pgpNum: 8, pgpNumTarget: 16 });
  cluster.daemons.start(2);
  cluster.run(cluster.settle());
  expect(poolOf(cluster)).toMatchObject({ pgNum: 16, pgpNum: 16 });
});

test('[PG12] an upmap of a PG that is to merge is taken away', () => {
  const { cluster } = setUp(16);
  cluster.monitor.publish((map) => ({ ...map, pgUpmapItems: new Map([['2.f', [[8, 7]]]]) }), 'upmap');
  set(cluster, 'pg_num', 15);
  cluster.run(cluster.settle());
  expect(poolOf(cluster)).toMatchObject({ pgNum: 15, pgpNum: 15 });
  expect(cluster.monitor.map().pgUpmapItems.size).toBe(0);
  expect(clusterStats(cluster.monitor.map(), cluster.stats).objects).toBe(OBJECTS + 2);
});
