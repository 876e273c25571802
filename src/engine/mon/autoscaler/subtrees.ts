import { devicesUnder } from '../../crush/tree.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import type { ClusterStats, PoolStat } from '../stats.ts';

/** OSDs that pools share, and what the pools ask of them. Counted down while pools get their PGs. */
export interface Subtree {
  readonly osds: Set<number>;
  readonly pools: PoolStat[];
  capacityBytes: number;
  /** PGs, with their copies, that are still to be given away. */
  pgsLeft: number;
  /** Pools that have got theirs. */
  poolsServed: number;
  targetRatios: number;
  targetBytes: number;
}

export interface Subtrees {
  readonly byRoot: ReadonlyMap<number, Subtree>;
  /** Roots that share OSDs with another one: pools under them are not scaled. */
  readonly overlapping: ReadonlySet<number>;
}

/** Where in the CRUSH tree a pool's rule begins. */
export function rootOf({ crush }: OsdMap, { crushRule }: PgPool): number | undefined {
  for (const step of crush.rules.get(crushRule)?.steps ?? []) if (step.op === 'take') return step.item;
  return undefined;
}

/** What a pool is expected to hold; 0 where nobody said. */
export function targetOf({ options }: PgPool, what: 'bytes' | 'ratio'): number {
  return Number(options.get(`target_size_${what}`) ?? 0);
}

/** @ceph src/pybind/mgr/pg_autoscaler/module.py identify_subtrees_and_overlaps, get_subtree_resource_status — exact */
export function subtreesOf(map: OsdMap, stats: ClusterStats, pgsPerOsd: number): Subtrees {
  const byRoot = new Map<number, Subtree>();
  const overlapping = new Set<number>();
  for (const stat of stats.pools) {
    const root = rootOf(map, stat.pool);
    if (root === undefined) continue;
    const osds = devicesUnder(map.crush, root);
    const known = [...byRoot].find(([, subtree]) => osds.some((osd) => subtree.osds.has(osd)));
    if (known !== undefined && known[0] !== root) for (const id of [known[0], root]) overlapping.add(id);
    const subtree = known?.[1] ?? newSubtree();
    byRoot.set(root, subtree);
    addPool(subtree, stat, osds);
  }
  for (const subtree of byRoot.values()) {
    subtree.pgsLeft = subtree.osds.size * pgsPerOsd;
    subtree.capacityBytes = stats.osds.reduce((sum, osd) => sum + (subtree.osds.has(osd.id) ? osd.totalBytes : 0), 0);
  }
  return { byRoot, overlapping };
}

function newSubtree(): Subtree {
  return {
    osds: new Set(),
    pools: [],
    capacityBytes: 0,
    pgsLeft: 0,
    poolsServed: 0,
    targetRatios: 0,
    targetBytes: 0,
  };
}

function addPool(subtree: Subtree, stat: PoolStat, osds: readonly number[]): void {
  for (const osd of osds) subtree.osds.add(osd);
  subtree.pools.push(stat);
  const ratio = targetOf(stat.pool, 'ratio');
  if (ratio > 0) subtree.targetRatios += ratio;
  else subtree.targetBytes += targetOf(stat.pool, 'bytes') * stat.rate;
}
