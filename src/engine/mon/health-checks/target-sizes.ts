import { devicesUnder } from '../../crush/tree.ts';
import { rootOf, targetOf } from '../autoscaler/subtrees.ts';
import { type HealthCheck, warning } from '../health-check.ts';
import type { HealthInput } from '../health-input.ts';
import { shortText } from '../short-text.ts';
import type { PoolStat } from '../stats.ts';

/** Sizes that pools are expected to have, and that cannot be. @ceph src/pybind/mgr/pg_autoscaler/module.py _maybe_adjust — exact for the checks that are here */
export function targetSizes(input: HealthInput): HealthCheck[] {
  const { pools } = input.stats;
  if (!pools.some(({ pool }) => targetOf(pool, 'bytes') > 0)) return [];
  return [...bothTargets(pools), ...overcommitted(input)];
}

function bothTargets(pools: readonly PoolStat[]): HealthCheck[] {
  const found = pools.filter(({ pool }) => targetOf(pool, 'bytes') > 0 && targetOf(pool, 'ratio') > 0);
  if (found.length === 0) return [];
  const details = found.map(({ pool }) => `Pool ${pool.name} has target_size_bytes and target_size_ratio set`);
  const summary = `${found.length} pools have both target_size_bytes and target_size_ratio set`;
  return [warning('POOL_HAS_TARGET_SIZE_BYTES_AND_RATIO', summary, found.length, details)];
}

function overcommitted({ map, stats }: HealthInput): HealthCheck[] {
  const byRoot = new Map<number, PoolStat[]>();
  for (const stat of stats.pools) {
    const root = rootOf(map, stat.pool);
    if (root !== undefined) byRoot.set(root, [...(byRoot.get(root) ?? []), stat]);
  }
  const details = [...byRoot].flatMap(([root, pools]) => {
    const osds = new Set(devicesUnder(map.crush, root));
    const capacity = stats.osds.reduce((sum, osd) => sum + (osds.has(osd.id) ? osd.totalBytes : 0), 0);
    return overcommitText(pools, capacity);
  });
  if (details.length === 0) return [];
  const summary = `${details.length} subtrees have overcommitted pool target_size_bytes`;
  return [warning('POOL_TARGET_SIZE_BYTES_OVERCOMMITTED', summary, details.length, details)];
}

function overcommitText(pools: readonly PoolStat[], capacity: number): string[] {
  const wanted = ({ pool, rate }: PoolStat): number =>
    targetOf(pool, 'ratio') > 0 ? 0 : targetOf(pool, 'bytes') * rate;
  const sum = (of: (stat: PoolStat) => number): number => pools.reduce((total, stat) => total + of(stat), 0);
  const total = sum((stat) => Math.max(stat.usedBytes, wanted(stat)));
  const targets = sum(wanted);
  if (targets === 0 || capacity === 0 || total <= capacity) return [];
  const times = (total / capacity).toFixed(3);
  const whose = namesText(pools.filter((stat) => wanted(stat) > 0));
  return [
    `Pools ${namesText(pools)} overcommit available storage by ${times}x due to target_size_bytes ` +
      `${shortText(targets, 1024)} on pools ${whose}`,
  ];
}

function namesText(pools: readonly PoolStat[]): string {
  return `[${pools.map(({ pool }) => `'${pool.name}'`).join(', ')}]`;
}
