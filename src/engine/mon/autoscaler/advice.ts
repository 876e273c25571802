import type { RecordStore } from '../../base/records.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { configNumber } from '../config/value.ts';
import type { ClusterStats, PoolStat } from '../stats.ts';
import { rootOf, type Subtree, subtreesOf, targetOf } from './subtrees.ts';

/** What the autoscaler makes of a pool. Bytes are raw: of all copies. */
export interface PoolAdvice {
  readonly stat: PoolStat;
  readonly root: number;
  readonly mode: PgPool['autoscaleMode'];
  readonly capacityBytes: number;
  readonly usedBytes: number;
  /** What is expected, where that is more than what is used. */
  readonly countedBytes: number;
  readonly targetBytes: number;
  readonly targetRatio: number;
  /** The ratio beside those of other pools. */
  readonly effectiveRatio: number;
  /** The part of the capacity that the pool counts for. */
  readonly capacityRatio: number;
  readonly bias: number;
  readonly isBulk: boolean;
  /** PGs that would be best, and the number that comes of it. */
  readonly idealPgs: number;
  readonly finalPgs: number;
  /** That number is far enough from today's. */
  readonly wouldAdjust: boolean;
}

export interface AutoscalerLimits {
  readonly pgsPerOsd: number;
  /** How many times more or less PGs than best a pool may have. */
  readonly threshold: number;
}

export function autoscalerLimits(records: RecordStore): AutoscalerLimits {
  return {
    pgsPerOsd: configNumber(records, 'mgr', 'mon_target_pg_per_osd'),
    threshold: configNumber(records, 'mgr', 'mgr/pg_autoscaler/threshold'),
  };
}

/** Of a pool that is not told otherwise. */
const LEAST_PGS = 32;

/**
 * How many PGs each pool should have: first those that are not bulk, by what they hold, then bulk pools, which share what
 * is left; in the order in which they were looked at.
 * @ceph src/pybind/mgr/pg_autoscaler/module.py _get_pool_status — exact
 */
export function autoscalerAdvice(map: OsdMap, stats: ClusterStats, limits: AutoscalerLimits): PoolAdvice[] {
  const { byRoot, overlapping } = subtreesOf(map, stats, limits.pgsPerOsd);
  const seen = stats.pools.flatMap((stat) => {
    const root = rootOf(map, stat.pool) ?? 0;
    const subtree = byRoot.get(root);
    if (subtree === undefined || overlapping.has(root) || subtree.capacityBytes === 0) return [];
    return [seenPool(map, stat, root, subtree)];
  });
  const advice = (each: SeenPool, share: number): PoolAdvice => adviceOf(each, share, limits.threshold);
  const small = seen.filter(({ isBulk }) => !isBulk).map((each) => advice(each, served(each)));
  const bulk = seen.filter(({ isBulk }) => isBulk);
  const large: PoolAdvice[] = [];
  const even = bulk.filter((each) => {
    if (each.capacityRatio <= evenRatio(each)) return true;
    large.push(advice(each, served(each)));
    return false;
  });
  return [...small, ...large, ...even.map((each) => advice(each, evenRatio(each) * each.subtree.pgsLeft))];
}

/** The part that each pool gets that has got nothing yet. */
function evenRatio({ subtree }: SeenPool): number {
  return 1 / (subtree.pools.length - subtree.poolsServed);
}

/** PGs, with their copies, for a pool by its part of the capacity. */
function served({ subtree, capacityRatio }: SeenPool): number {
  const share = capacityRatio * subtree.pgsLeft;
  subtree.pgsLeft -= Math.trunc(share);
  subtree.poolsServed++;
  return share;
}

type SeenPool = Omit<PoolAdvice, 'idealPgs' | 'finalPgs' | 'wouldAdjust'> & { readonly subtree: Subtree };

function seenPool(map: OsdMap, stat: PoolStat, root: number, subtree: Subtree): SeenPool {
  const { pool, usedBytes, rate } = stat;
  const { capacityBytes } = subtree;
  const targetRatio = targetOf(pool, 'ratio');
  const targetBytes = targetRatio === 0 ? targetOf(pool, 'bytes') : 0;
  const effectiveRatio = effectiveOf(targetRatio, subtree);
  const countedBytes = Math.max(usedBytes, targetBytes * rate);
  return {
    stat,
    root,
    subtree,
    mode: map.flags.includes('noautoscale') ? 'off' : pool.autoscaleMode,
    capacityBytes,
    usedBytes,
    countedBytes,
    targetBytes,
    targetRatio,
    effectiveRatio,
    capacityRatio: Math.max(countedBytes / capacityBytes, effectiveRatio),
    bias: Number(pool.options.get('pg_autoscale_bias') ?? 1),
    isBulk: pool.flags.includes('bulk'),
  };
}

/** @ceph pg_autoscaler/module.py effective_target_ratio — exact */
function effectiveOf(ratio: number, { targetRatios, targetBytes, capacityBytes }: Subtree): number {
  const share = targetRatios > 0 ? ratio / targetRatios : ratio;
  return targetBytes > 0 && capacityBytes > 0 ? share * (1 - Math.min(1, targetBytes / capacityBytes)) : share;
}

/** @ceph pg_autoscaler/module.py _calc_final_pg_target — exact */
function adviceOf({ subtree: _, ...seen }: SeenPool, share: number, threshold: number): PoolAdvice {
  const { pool } = seen.stat;
  const ideal = (share / pool.size) * seen.bias;
  const least = Number(pool.options.get('pg_num_min') ?? LEAST_PGS);
  const most = Number(pool.options.get('pg_num_max') ?? 0);
  const best = Math.max(least, nearestPowerOfTwo(ideal));
  const finalPgs = most > 0 ? Math.min(best, most) : best;
  return { ...seen, idealPgs: Math.trunc(ideal), finalPgs, wouldAdjust: isFar(finalPgs, pool.pgNumTarget, threshold) };
}

/** More PGs are made for less where there are to be many. */
function isFar(wanted: number, now: number, threshold: number): boolean {
  if (wanted <= now) return wanted < now / threshold;
  const times = wanted === 512 || wanted === 1024 ? 1 : wanted === 2048 ? 2 : threshold;
  return wanted > now * times;
}

/** The power of two that is nearest; of two that are as near, the larger one. */
function nearestPowerOfTwo(wanted: number): number {
  const whole = Math.trunc(wanted);
  if (whole === 0) return 0;
  const above = 2 ** Math.ceil(Math.log2(whole));
  const below = Math.floor(above / 2);
  return above - wanted > wanted - below ? below : above;
}
