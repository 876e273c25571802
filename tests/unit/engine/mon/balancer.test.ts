import { expect, test } from 'vitest';
import { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../src/engine/cluster/spec.ts';
import { balancerOf, changeBalancer, setBalancerMode } from '../../../../src/engine/mon/balancer/plans.ts';
import { setRequireMinCompatClient } from '../../../../src/engine/mon/compat-client.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';

const MINUTE_US = 60_000_000;

function uneven(): Cluster {
  const cluster = new Cluster(DEFAULT_SPEC);
  createPool(cluster.monitor, { name: 'p', pgNum: 64 });
  cluster.run(cluster.settle());
  return cluster;
}

/** How many PGs the OSDs are away from their share at most. */
function farthest(cluster: Cluster): number {
  const counts = new Array<number>(9).fill(0);
  for (const { up } of cluster.stats.pgStats()) for (const osd of up) counts[osd] = (counts[osd] ?? 0) + 1;
  const share = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return Math.max(...counts.map((count) => Math.abs(count - share)));
}

test('the balancer that is on makes upmaps each minute, until OSDs are within five PGs of their share', () => {
  const cluster = uneven();
  expect(farthest(cluster)).toBeGreaterThan(5);
  for (let minute = 0; minute < 10; minute++) cluster.advance(MINUTE_US);
  expect(cluster.monitor.map().pgUpmapItems.size).toBeGreaterThan(0);
  expect(farthest(cluster)).toBeLessThanOrEqual(5);
  expect(balancerOf(cluster.monitor)).toMatchObject({ active: true, needless: true });
  for (const { state } of cluster.stats.pgStats()) expect(state).toBe('active+clean');
});

test('the balancer that is off changes nothing', () => {
  const cluster = uneven();
  changeBalancer(cluster.monitor, { active: false });
  cluster.advance(5 * MINUTE_US);
  expect(cluster.monitor.map().pgUpmapItems.size).toBe(0);
});

test('in the mode read it spreads primaries', () => {
  const cluster = uneven();
  expect(setBalancerMode(cluster.monitor, 'read').code).toBe(1);
  setRequireMinCompatClient(cluster.monitor, 'reef');
  expect(setBalancerMode(cluster.monitor, 'read').code).toBe(0);
  cluster.advance(2 * MINUTE_US);
  expect(cluster.monitor.map().pgUpmapPrimaries.size).toBeGreaterThan(0);
  expect(cluster.monitor.map().pgUpmapItems.size).toBe(0);
});
