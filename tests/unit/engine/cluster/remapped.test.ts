import { expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import { healthOf } from '../../../../src/engine/mon/health.ts';
import { markOsds } from '../../../../src/engine/mon/osd-state.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { clusterStats } from '../../../../src/engine/mon/stats.ts';
import { testCluster } from '../../../helpers/cluster.ts';

test('[PG11] where CRUSH finds fewer OSDs than it did, those that have all act on: active+clean+remapped', () => {
  const cluster = testCluster();
  createPool(cluster.monitor, { name: 'p', pgNum: 8 });
  cluster.run(cluster.settle());
  const io = cluster.connect().ioCtx('p');
  for (let n = 0; n < 8; n++) cluster.run(io.writeFull(`o${n}`, fillData(10, n)));
  markOsds(cluster.monitor, ['6', '7', '8'], 'out');
  cluster.run(cluster.settle());
  const stats = clusterStats(cluster.monitor.map(), cluster.stats);
  expect(new Set(stats.pgs.map(({ state }) => state))).toEqual(new Set(['active+clean+remapped']));
  for (const { up, acting } of stats.pgs) expect([up.length, acting.length]).toEqual([2, 3]);
  expect([stats.degraded, stats.misplaced]).toEqual([0, stats.copies / 3]);
  expect(healthOf(cluster.monitor.map(), stats, cluster.now_us(), cluster.records).checks).toEqual([]);
  for (const { pool, seed, acting } of stats.pgs)
    expect(cluster.pgs.record(pool, seed)).toMatchObject({ pastIntervals: [], peers: { size: acting.length } });
  markOsds(cluster.monitor, ['6', '7', '8'], 'in');
  cluster.run(cluster.settle());
  const after = clusterStats(cluster.monitor.map(), cluster.stats).pgs;
  expect(new Set(after.map(({ state }) => state))).toEqual(new Set(['active+clean']));
});
