import { expect, test } from 'vitest';
import { byteStringOfText, utf8Encode } from '../../../../src/engine/base/utf8.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { askScrub } from '../../../../src/engine/cluster/scrub/queue.ts';
import { logEntries } from '../../../../src/engine/mon/cluster-log.ts';
import { setConfig } from '../../../../src/engine/mon/config/change.ts';
import { setTunablesProfile } from '../../../../src/engine/mon/crush/tunables.ts';
import { healthOf } from '../../../../src/engine/mon/health.ts';
import type { HealthCheck } from '../../../../src/engine/mon/health-check.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../src/engine/mon/pool-set.ts';
import { shortText } from '../../../../src/engine/mon/short-text.ts';
import { clusterStats } from '../../../../src/engine/mon/stats.ts';
import { smallCluster } from '../../../helpers/cluster.ts';

function checkOf({ monitor, stats, records }: Cluster, code: string): HealthCheck | undefined {
  const map = monitor.map();
  const { checks } = healthOf(map, clusterStats(map, stats), monitor.context.now_us(), records);
  return checks.find((check) => check.code === code);
}

test('a deep scrub finds objects with very many keys, and says which', () => {
  const cluster = smallCluster();
  setConfig(cluster.monitor, 'osd', 'osd_deep_scrub_large_omap_object_key_threshold', '3');
  const io = cluster.connect().ioCtx('p');
  const keys = (count: number) =>
    new Map(Array.from({ length: count }, (_, n) => [byteStringOfText(`k${n}`), utf8Encode('v')] as const));
  cluster.run(io.omapSet('few', keys(3)));
  cluster.run(io.omapSet('big', keys(5)));
  for (let seed = 0; seed < 8; seed++) askScrub(cluster.pgs, `${io.poolId}.${seed}`, 'deep-scrub');
  cluster.run(cluster.settle());
  const warned = logEntries(cluster.monitor).filter(({ level }) => level === 'warn');
  expect(warned.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^Large omap object found\. Object: 2:[0-9a-f]+:::big:head PG: 2\.[0-9a-f]+ \(2\.\d\) Key count: 5 Size \(bytes\): 5$/,
    ),
  ]);
  expect(checkOf(cluster, 'LARGE_OMAP_OBJECTS')).toMatchObject({
    summary: '1 large omap objects',
    count: 1,
    details: [
      "1 large objects found in pool 'p'",
      "Search the cluster log for 'Large omap object found' for more details.",
    ],
  });
});

test('straw lengths of old releases are warned about', () => {
  const cluster = smallCluster();
  expect(checkOf(cluster, 'OLD_CRUSH_STRAW_CALC_VERSION')).toBeUndefined();
  setTunablesProfile(cluster.monitor, 'argonaut');
  expect(checkOf(cluster, 'OLD_CRUSH_STRAW_CALC_VERSION')?.summary).toBe('crush map has straw_calc_version=0');
  // Buckets of kind straw2 are newer than the oldest that is warned about.
  expect(checkOf(cluster, 'OLD_CRUSH_TUNABLES')).toBeUndefined();
});

test('pools that are to hold more than there is room for, as recorded', () => {
  const cluster = smallCluster();
  createPool(cluster.monitor, { name: 'q', pgNum: 4 });
  const set = (name: string, key: string, value: string) => setPool(cluster.monitor, { name, key, value });
  set('p', 'size', '2');
  set('p', 'target_size_bytes', String(100 * 1024 ** 4));
  set('q', 'target_size_bytes', String(100 * 1024 ** 4));
  set('q', 'target_size_ratio', '0.5');
  expect(checkOf(cluster, 'POOL_HAS_TARGET_SIZE_BYTES_AND_RATIO')?.details).toEqual([
    'Pool q has target_size_bytes and target_size_ratio set',
  ]);
  const [detail = ''] = checkOf(cluster, 'POOL_TARGET_SIZE_BYTES_OVERCOMMITTED')?.details ?? [];
  expect(detail).toMatch(
    /^Pools \['\.mgr', 'p', 'q'\] overcommit available storage by [\d.]+x due to target_size_bytes {2}200T on pools \['p'\]$/,
  );
});

test.each([
  [22_734_848, 1024, '21.6M'],
  [4_272_231_424, 1024, '4074M'],
  [0, 1000, '   0 '],
  [1234, 1000, '1234 '],
  [12_345, 1000, '12.3k'],
] as const)('%d is %s by %s', (value, factor, text) => {
  expect(shortText(value, factor)).toBe(text);
});
