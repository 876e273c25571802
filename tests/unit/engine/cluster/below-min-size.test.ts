import { expect, test } from 'vitest';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../src/engine/mon/pool-set.ts';
import { testCluster } from '../../../helpers/cluster.ts';

test('[PG8] an interval below min_size does not make the one before it forgotten', () => {
  const cluster = testCluster();
  createPool(cluster.monitor, { name: 'p', pgNum: 1, size: 3 });
  cluster.run(cluster.settle());
  setPool(cluster.monitor, { name: 'p', key: 'min_size', value: '3' });
  cluster.run(cluster.settle());
  const started = () => cluster.pgs.record(2, 0)?.startedEpoch;
  const [before, [first = 0, second = 0] = []] = [started(), cluster.pgs.record(2, 0)?.interval.acting];
  cluster.daemons.stop(first, 'in-order');
  cluster.run(cluster.settle());
  expect(cluster.pgs.record(2, 0)).toMatchObject({ phase: 'peered', startedEpoch: before });
  expect(cluster.pgs.record(2, 0)?.pastIntervals.some(({ maybeWentRw }) => maybeWentRw)).toBe(true);
  cluster.daemons.start(first);
  cluster.run(cluster.settle());
  expect(cluster.pgs.record(2, 0)?.phase).toBe('active');
  expect(started()).toBeGreaterThan(before ?? 0);
  expect(second).not.toBe(first);
});
