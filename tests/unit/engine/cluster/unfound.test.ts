import { expect, test } from 'vitest';
import { bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import { setFlag } from '../../../../src/engine/mon/osd-flags.ts';
import { markOsds } from '../../../../src/engine/mon/osd-state.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { testCluster } from '../../../helpers/cluster.ts';

test('[PG6] an object that no OSD up has is found when an OSD that has it comes up, though it serves no more', () => {
  const cluster = testCluster({ osds: 5, osdsPerHost: 1 });
  const { monitor, daemons, pgs } = cluster;
  createPool(monitor, { name: 'p', pgNum: 1 });
  const io = cluster.connect().ioCtx('p');
  monitor.publishPool(io.poolId, (pool) => ({ ...pool, minSize: 1 }), 'min_size');
  cluster.run(io.writeFull('o', fillData(10, 1)));
  cluster.run(cluster.settle());
  const [late = -1, ...others] = pgs.record(io.poolId, 0)?.interval.acting ?? [];
  daemons.stop(late, 'in-order');
  cluster.run(io.writeFull('o', fillData(10, 2)));
  // It is back and knows what it lacks, and before it gets it the two that have it die.
  setFlag(monitor, 'norecover', true);
  daemons.start(late);
  cluster.run(cluster.settle());
  for (const osd of others) daemons.stop(osd, 'in-order');
  markOsds(monitor, others.map(String), 'out');
  setFlag(monitor, 'norecover', false);
  cluster.run(cluster.settle());
  expect(pgs.record(io.poolId, 0)?.work).toBe('unfound');
  daemons.start(others[0] ?? -1);
  cluster.run(cluster.settle());
  expect(pgs.record(io.poolId, 0)).toMatchObject({ phase: 'active', work: 'none' });
  expect(bytesOfData(cluster.run(io.read('o')))[0]).toBe(2);
});
