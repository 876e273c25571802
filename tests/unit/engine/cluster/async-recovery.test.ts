import { beforeEach, expect, test } from 'vitest';
import { bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { CRUSH_ITEM_NONE } from '../../../../src/engine/crush/crush-map.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { setConfig } from '../../../../src/engine/mon/config/change.ts';
import { setErasureProfile } from '../../../../src/engine/mon/erasure-profile.ts';
import { setFlag } from '../../../../src/engine/mon/osd-flags.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../src/engine/mon/pool-set.ts';
import { clusterStats } from '../../../../src/engine/mon/stats.ts';
import { testCluster } from '../../../helpers/cluster.ts';
import { differingReplicas } from '../../../helpers/cluster-checks.ts';

const MINUTE_US = 60e6;

let cluster: Cluster;
let io: IoCtx;

beforeEach(() => {
  cluster = testCluster({ osds: 5, osdsPerHost: 1 });
  createPool(cluster.monitor, { name: 'p', pgNum: 1 });
  cluster.run(cluster.settle());
  io = cluster.connect().ioCtx('p');
  cluster.run(io.writeFull('o0', fillData(10, 1)));
  // Nobody is marked out while time passes here.
  setFlag(cluster.monitor, 'noout', true);
});

const pg = () => cluster.pgs.record(io.poolId, 0);
const up = () => pg()?.interval.up ?? [];
const stat = () => clusterStats(cluster.monitor.map(), cluster.stats).pgs.find(({ pool }) => pool === io.poolId);

/** An OSD of the PG misses so many writes and is back; nothing is recovered yet. */
function comeBack(osd: number, writes: number): void {
  cluster.daemons.stop(osd, 'in-order');
  cluster.run(cluster.settle());
  for (let n = 0; n < writes; n++) cluster.run(io.writeFull(`o${n}`, fillData(10, 2)));
  setFlag(cluster.monitor, 'norecover', true);
  cluster.daemons.start(osd);
  cluster.advance(MINUTE_US);
}

function recover(): void {
  setFlag(cluster.monitor, 'norecover', false);
  cluster.run(cluster.settle());
}

test('[PG14] who missed more than 100 writes recovers beside those who act, and acts when it has all', () => {
  const all = up();
  const third = all[2] ?? -1;
  comeBack(third, 101);
  expect(stat()).toMatchObject({
    state: 'active+recovering+undersized+degraded+remapped',
    ...{ up: all, acting: all.slice(0, 2), degraded: 101, misplaced: 0 },
  });
  recover();
  expect(stat()).toMatchObject({ state: 'active+clean', acting: all });
  expect(differingReplicas(cluster, io.poolId)).toEqual([]);
});

test('[PG14] who missed no more acts while it recovers', () => {
  const all = up();
  comeBack(all[2] ?? -1, 100);
  expect(stat()).toMatchObject({ state: 'active+recovering+degraded', acting: all, degraded: 100 });
});

test('[PG14] one that leads by rights leads again once it has all', () => {
  const [first = -1, ...others] = up();
  comeBack(first, 101);
  expect(stat()?.acting.toSorted()).toEqual(others.toSorted());
  recover();
  expect(stat()).toMatchObject({ state: 'active+clean', acting: [first, ...others] });
});

test('[PG14] none is left out where too few to write to would be left', () => {
  const all = up();
  comeBack(all[2] ?? -1, 101);
  setPool(cluster.monitor, { name: 'p', key: 'min_size', value: '3' });
  cluster.advance(MINUTE_US);
  expect(stat()).toMatchObject({ state: 'active+recovering+degraded', acting: all });
});

test('[PG14] what it has is written on it too; what it lacks waits, and no request waits for that', () => {
  const third = up()[2] ?? -1;
  cluster.run(io.writeFull('kept', fillData(10, 7)));
  comeBack(third, 101);
  const data = (oid: string) => {
    const onodes = [...cluster.pgs.store(third).collection(io.poolId, 0).values()];
    const found = onodes.find(({ hoid }) => hoid.oid === oid);
    return found === undefined ? null : bytesOfData(found.data)[0];
  };
  for (const [oid, byte] of [
    ['kept', 8],
    ['o5', 9],
    ['new', 3],
  ] as const)
    cluster.run(io.writeFull(oid, fillData(10, byte)));
  expect([data('kept'), data('new'), data('o5')]).toEqual([8, 3, null]);
  cluster.run(io.remove('o6'));
  expect(stat()?.degraded).toBe(100);
  recover();
  expect([data('o5'), data('o6')]).toEqual([9, null]);
  expect(differingReplicas(cluster, io.poolId)).toEqual([]);
});

test('[PG14] a shard of an erasure pool is left out alike, with a hole in its place', () => {
  setErasureProfile(cluster.monitor, { name: 'e', words: ['k=2', 'm=2'], force: false, sure: false });
  createPool(cluster.monitor, { name: 'e', pgNum: 1, type: 'erasure', profile: 'e' });
  cluster.run(cluster.settle());
  io = cluster.connect().ioCtx('e');
  setConfig(cluster.monitor, 'osd', 'osd_async_recovery_min_cost', '3');
  const all = up();
  comeBack(all[1] ?? -1, 10);
  const acting = all.map((osd, shard) => (shard === 1 ? CRUSH_ITEM_NONE : osd));
  expect(stat()).toMatchObject({ state: 'active+recovering+undersized+degraded+remapped', acting, degraded: 10 });
  for (let n = 5; n < 15; n++) cluster.run(io.writeFull(`o${n}`, fillData(10, 3)));
  recover();
  expect(stat()).toMatchObject({ state: 'active+clean', acting: all });
  expect(differingReplicas(cluster, io.poolId)).toEqual([]);
});
