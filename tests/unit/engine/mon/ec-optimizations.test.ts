import { expect, test } from 'vitest';
import { bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { setErasureProfile } from '../../../../src/engine/mon/erasure-profile.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../src/engine/mon/pool-set.ts';
import { testCluster } from '../../../helpers/cluster.ts';

function withPool(...words: string[]): Cluster {
  const cluster = testCluster({ osds: 6, osdsPerHost: 1 });
  setErasureProfile(cluster.monitor, {
    name: 'e',
    words: [...words, 'crush-failure-domain=osd'],
    force: true,
    sure: true,
  });
  createPool(cluster.monitor, { name: 'p', pgNum: 4, type: 'erasure', profile: 'e' });
  return cluster;
}

function set({ monitor }: Cluster, value: string, name = 'p'): string {
  return setPool(monitor, { name, key: 'allow_ec_optimizations', value }).text;
}

function shardsOf(cluster: Cluster): number[] {
  const bytes = cluster.monitor.findPool('p')?.extra?.nonprimaryShards ?? new Uint8Array();
  return [...bytes].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (1 << bit)).map((bit) => at * 8 + bit),
  );
}

test('is for good, and says which shards may not lead', () => {
  const cluster = withPool('k=3', 'm=2');
  expect(set(cluster, 'false')).toBe('set pool 2 allow_ec_optimizations to false');
  expect(set(cluster, 'true')).toBe('set pool 2 allow_ec_optimizations to true');
  expect(cluster.monitor.findPool('p')?.flags).toContain('ec_optimizations');
  expect(shardsOf(cluster)).toEqual([1, 2]);
  expect(set(cluster, 'false')).toBe('allow_ec_optimizations cannot be disabled once enabled');
  expect(set(cluster, 'abc')).toBe("expecting value 'true', 'false', '0', or '1'");
});

test('where data shards stand elsewhere, so do those that may not lead', () => {
  const cluster = withPool('k=2', 'm=1', 'mapping=_DD');
  set(cluster, '1');
  expect(shardsOf(cluster)).toEqual([2]);
});

test.each([
  [
    ['plugin=jerasure', 'technique=cauchy_good', 'k=2', 'm=1'],
    'ec optimizations not currently supported for pool profile.',
  ],
  [['plugin=jerasure', 'technique=reed_sol_van', 'k=2', 'm=1'], 'set pool 2 allow_ec_optimizations to true'],
  [['plugin=isa', 'technique=cauchy', 'k=2', 'm=1'], 'set pool 2 allow_ec_optimizations to true'],
  [['k=2', 'm=1', 'stripe_unit=1K'], 'stripe_unit must be divisible by 4096 to enable ec optimizations'],
])('%j: %s', (words, text) => {
  expect(set(withPool(...words), 'true')).toBe(text);
});

test('is for erasure pools alone', () => {
  const cluster = withPool('k=2', 'm=1');
  expect(set(cluster, 'true', '.mgr')).toBe('allow_ec_optimizations can only be enabled for an erasure coded pool');
});

test('what was written before is read as it was, and written anew', () => {
  const cluster = withPool('k=2', 'm=1');
  const io = cluster.connect().ioCtx('p');
  const bytes = (name: string) => bytesOfData(cluster.run(io.read(name, 0, 100_000)));
  cluster.run(io.writeFull('a', fillData(10_000, 1)));
  set(cluster, 'true');
  cluster.run(io.writeFull('b', fillData(10_000, 2)));
  cluster.daemons.stop(
    cluster.pgs.records().find(({ pool }) => pool === io.poolId)?.interval.acting[1] ?? 0,
    'in-order',
  );
  cluster.run(cluster.settle());
  expect(bytes('a')).toEqual(bytesOfData(fillData(10_000, 1)));
  expect(bytes('b')).toEqual(bytesOfData(fillData(10_000, 2)));
  cluster.run(io.writeFull('a', fillData(20_000, 3)));
  expect(bytes('a')).toEqual(bytesOfData(fillData(20_000, 3)));
});
