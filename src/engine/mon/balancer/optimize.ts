import type { ErrnoName } from '../../base/errno.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { balancePrimaries } from '../../osdmap/read/balance-primaries.ts';
import { readBalanceOf } from '../../osdmap/read-balance.ts';
import { calcPgUpmaps } from '../../osdmap/upmap/calc-upmaps.ts';
import { noUpmapChange, type UpmapChange } from '../../osdmap/upmap/upmap-change.ts';
import type { ClusterStats } from '../stats.ts';
import { type CompatPlan, optimizeCompat } from './crush-compat.ts';

/** What balancing is to go by. */
export interface BalanceRequest {
  readonly map: OsdMap;
  readonly stats: ClusterStats;
  readonly mode: string;
  /** Names of pools; all where there is none. */
  readonly pools: readonly string[];
  readonly settings: BalancerSettings;
  /** A whole number from 0 to below the one given, by chance. */
  readonly below: (bound: number) => number;
}

/** Options of the configuration. */
export interface BalancerSettings {
  /** Share of object copies, or of PGs, that may be in the wrong place. */
  readonly maxMisplaced: number;
  readonly maxDeviation: number;
  readonly maxUpmaps: number;
  readonly metrics: readonly string[];
  readonly maxIterations: number;
  readonly step: number;
  readonly minScore: number;
}

export type Optimization =
  | { readonly kind: 'change'; readonly change: UpmapChange; readonly compat?: CompatPlan }
  /** `isNeedless`: there is nothing to gain. */
  | { readonly kind: 'refused'; readonly errno: ErrnoName; readonly detail: string; readonly isNeedless: boolean };

const [LOCAL_RETRIES, SEEDS] = [100, 1 << 30] as const;
const CLEAN = 'active+clean';
const NO_BETTER_UPMAPS =
  'Unable to find further optimization, or pool(s) pg_num is decreasing, or distribution is already perfect';
const NO_BETTER_READS = 'Unable to find further optimization, or distribution is already perfect';

/**
 * Works out what would spread PGs, or their primaries, more evenly.
 *
 * @ceph src/pybind/mgr/balancer/module.py optimize — exact
 */
export function optimize(request: BalanceRequest): Optimization {
  const busy = busyWith(request.stats, request.settings.maxMisplaced);
  if (busy !== undefined) return refusedWith('EAGAIN', busy);
  const { mode } = request;
  const change = noUpmapChange();
  if (mode === 'upmap') return withUpmaps(request, change);
  if (mode === 'crush-compat') return withWeights(request, change);
  if (mode === 'read') return withPrimaries(request, change);
  if (mode === 'upmap-read') {
    const upmaps = withUpmaps(request, change);
    const reads = withPrimaries(request, change);
    return upmaps.kind === 'refused' && reads.kind === 'refused' ? upmaps : { kind: 'change', change };
  }
  return refusedWith('ENOEXEC', 'Please do "ceph balancer mode" to choose a valid mode first');
}

function refusedWith(errno: ErrnoName, detail: string, isNeedless = false): Optimization {
  return { kind: 'refused', errno, detail, isNeedless };
}

/** Why the cluster is to be left alone for now. */
function busyWith({ pgs, degraded, misplaced, copies }: ClusterStats, maxMisplaced: number): string | undefined {
  const share = (count: number, of: number) => (of === 0 ? 0 : count / of);
  const pgsThat = (is: (state: string) => boolean) =>
    share(
      pgs.reduce((sum, { state }) => sum + (is(state) ? 1 : 0), 0),
      pgs.length,
    );
  const unknown = pgsThat((state) => state === 'unknown');
  const inactive = pgsThat((state) => !state.includes('active'));
  const moving = share(misplaced, copies);
  if (unknown > 0) return `Some PGs (${unknown.toFixed(6)}) are unknown; try again later`;
  if (degraded > 0) return `Some objects (${share(degraded, copies).toFixed(6)}) are degraded; try again later`;
  if (inactive > 0) return `Some PGs (${inactive.toFixed(6)}) are inactive; try again later`;
  if (moving < maxMisplaced) return undefined;
  return `Too many objects (${moving.toFixed(6)} > ${maxMisplaced.toFixed(6)}) are misplaced; try again later`;
}

function chosenPools({ map, pools }: BalanceRequest): PgPool[] {
  const chosen = [...map.pools.values()].filter((pool) => pools.length === 0 || pools.includes(pool.name));
  return chosen.filter((pool) => pool.pgNum <= pool.pgNumTarget).sort((a, b) => a.id - b.id);
}

/** @ceph src/pybind/mgr/balancer/module.py do_upmap — exact but for the order of pools, which is theirs here */
function withUpmaps(request: BalanceRequest, change: UpmapChange): Optimization {
  const { map, stats, below, settings } = request;
  if (map.pools.size === 0) return refusedWith('ENOENT', 'No pools available');
  const nextSeed = () => below(SEEDS);
  let left = settings.maxUpmaps;
  for (const { id } of chosenPools(request)) {
    const clean = stats.pgs.reduce((sum, pg) => sum + (pg.pool === id && pg.state === CLEAN ? 1 : 0), 0);
    const options = { maxDeviation: settings.maxDeviation, max: Math.min(left, clean), aggressive: true, fast: true };
    if (clean > 0)
      left -= calcPgUpmaps(map, { ...options, pools: [id], localRetries: LOCAL_RETRIES, nextSeed }, change);
    if (left <= 0) break;
  }
  return left === settings.maxUpmaps ? refusedWith('EALREADY', NO_BETTER_UPMAPS, true) : { kind: 'change', change };
}

function withWeights({ map, stats, pools, settings, below }: BalanceRequest, change: UpmapChange): Optimization {
  const outcome = optimizeCompat({ map, pools, pgs: stats.pgs, ...settings, below });
  if (outcome.kind === 'refused') return refusedWith(outcome.errno, outcome.detail);
  return { kind: 'change', change, compat: outcome.plan };
}

/** @ceph src/pybind/mgr/balancer/module.py do_read_balancing — exact */
function withPrimaries(request: BalanceRequest, change: UpmapChange): Optimization {
  const { map, stats } = request;
  if (map.pools.size === 0) return refusedWith('ENOENT', 'No pools available');
  if (stats.pgs.some(({ state }) => state !== CLEAN))
    return refusedWith('EALREADY', 'Not all PGs are active+clean; try again later.');
  const before = change.newPrimaries.size;
  for (const pool of chosenPools(request)) {
    const balance = readBalanceOf(map, pool);
    if (balance === undefined || balance.message !== undefined || balance.scoreActing === balance.fair?.optimalScore)
      continue;
    const primaries = balancePrimaries(map, pool, 'simple')?.primaries ?? new Map<string, number>();
    for (const [pg, osd] of primaries) change.newPrimaries.set(pg, osd);
  }
  const isBetter = change.newPrimaries.size > before;
  return isBetter ? { kind: 'change', change } : refusedWith('EALREADY', NO_BETTER_READS, true);
}
