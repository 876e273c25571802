import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import { ONE } from '../crush/fixed.ts';
import type { OsdMap, PgPool } from './osd-map.ts';
import { pgIdText } from './pg-id.ts';
import { mapperOf, type PgMapper } from './pg-mapper.ts';
import { ruleWeights } from './rule-weights.ts';
import { sizeAwareBalance } from './size-aware-balance.ts';

const float = Math.fround;

/** How evenly a pool's primaries lie on its OSDs; 1 is as even as can be. Floats as Ceph keeps them. */
export interface ReadBalance {
  /** False where there is no score to show, only an error. */
  readonly valid: boolean;
  readonly scoreActing: number;
  readonly scoreStable: number;
  readonly message?: string;
  readonly fair?: FairBalance;
  readonly sizeAware?: SizeAwareBalance;
}

export interface FairBalance {
  readonly optimalScore: number;
  readonly rawScoreActing: number;
  readonly rawScoreStable: number;
  readonly primaryAffinityWeighted: number;
  readonly averagePrimaryAffinity: number;
  readonly averagePrimaryAffinityWeighted: number;
}

export interface SizeAwareBalance {
  readonly averageLoad: number;
  readonly most: OsdLoad;
  readonly mostActing: OsdLoad;
}

export interface OsdLoad {
  readonly osd: number;
  readonly pgs: number;
  readonly primaries: number;
  readonly load: number;
}

/** PGs of a pool, counted by OSD. */
export interface PgCounts {
  readonly pgs: ReadonlyMap<number, number>;
  readonly primaries: ReadonlyMap<number, number>;
  readonly actingPrimaries: ReadonlyMap<number, number>;
}

/**
 * The score of a replicated pool; undefined for erasure pools, and where no PG is anywhere.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::calc_read_balance_score — exact
 */
export function readBalanceOf(map: OsdMap, pool: PgPool): ReadBalance | undefined {
  if (pool.type !== 'replicated') return undefined;
  const counts = pgCounts(mapperOf(map), pool);
  if (pool.options.has('read_ratio')) return sizeAwareBalance(map, pool, counts);
  return counts.pgs.size === 0 ? undefined : fairBalance(map, pool, counts);
}

function pgCounts(mapper: PgMapper, pool: PgPool): PgCounts {
  const [pgs, primaries, actingPrimaries] = [new Map(), new Map(), new Map()] as Map<number, number>[];
  const add = (counts: Map<number, number> | undefined, osd: number) => {
    if (osd !== CRUSH_ITEM_NONE) counts?.set(osd, (counts.get(osd) ?? 0) + 1);
  };
  for (let seed = 0; seed < pool.pgNum; seed++) {
    const { up, upPrimary, actingPrimary } = mapper.get(pool, seed);
    if (up.length === 0) continue;
    for (const osd of up) add(pgs, osd);
    add(primaries, upPrimary);
    add(actingPrimaries, actingPrimary);
  }
  return { pgs: pgs ?? new Map(), primaries: primaries ?? new Map(), actingPrimaries: actingPrimaries ?? new Map() };
}

/** What the OSDs of a pool's rule sum to. */
interface Sums {
  weight: number;
  weightedAffinity: number;
  affinity: number;
  usable: number;
  mostPrimaries: number;
  mostActing: number;
  mostScore: number;
  actingOnZero: boolean;
}

function sumsOf(map: OsdMap, pool: PgPool, counts: PgCounts): Sums {
  const sums: Sums = {
    ...{ weight: 0, weightedAffinity: 0, affinity: 0, usable: 0 },
    ...{ mostPrimaries: 0, mostActing: 0, mostScore: 0, actingOnZero: false },
  };
  for (const [osd, weight] of ruleWeights(map.crush, pool.crushRule) ?? []) {
    const affinity = affinityOf(map, osd);
    const acting = counts.actingPrimaries.get(osd);
    sums.weight = float(sums.weight + weight);
    sums.weightedAffinity = float(sums.weightedAffinity + float(weight * affinity));
    sums.affinity = float(sums.affinity + affinity);
    if (affinity !== 0) sums.usable++;
    sums.mostPrimaries = Math.max(sums.mostPrimaries, counts.primaries.get(osd) ?? 0);
    sums.mostActing = Math.max(sums.mostActing, acting ?? 0);
    if (acting === undefined) continue;
    if (affinity === 0) sums.actingOnZero = true;
    else sums.mostScore = Math.max(sums.mostScore, float(acting / affinity));
  }
  return sums;
}

/** How willing an OSD is to be primary, 0 to 1; a 32-bit float. */
export function affinityOf(map: OsdMap, osd: number): number {
  return float((map.osds[osd]?.primaryAffinity ?? ONE) / ONE);
}

function failed(message: string): ReadBalance {
  return { valid: false, scoreActing: 0, scoreStable: 0, message };
}

/** @ceph src/osd/OSDMap.cc OSDMap::calc_rbs_fair, OSDMap::set_rbi_fair — exact */
function fairBalance(map: OsdMap, pool: PgPool, counts: PgCounts): ReadBalance {
  const sums = sumsOf(map, pool, counts);
  const osds = counts.pgs.size;
  if (sums.affinity === 0) return failed(`pool ${pool.id} has primary_affinity set to zero on all OSDs`);
  const least = 1 / pool.size;
  if (float(sums.weightedAffinity / sums.weight) < least) {
    const text = `average primary affinity is lower than ${least.toFixed(2)}, read balance score is not reliable`;
    return failed(`pool ${pool.id} ${text}`);
  }
  const zero = seedOnZeroAffinity(map, pool);
  if (zero !== undefined) {
    const pg = pgIdText(pool.id, zero);
    const text = `has some PGs where all OSDs are with primary_affinity 0 (at least pg ${pg})`;
    return failed(`pool ${pool.id} ${text}, read balance score may not be reliable`);
  }
  return fairScores(pool, sums, osds);
}

function fairScores(pool: PgPool, sums: Sums, osds: number): ReadBalance {
  const average = float(pool.pgNum / osds);
  const scaled = float(sums.mostScore * float(sums.affinity / osds));
  const optimalScore = rounded(float(osds / sums.usable));
  const rawScoreStable = rounded(float(sums.mostPrimaries / average));
  const rawScoreActing = rounded(sums.actingOnZero ? scaled : float(sums.mostActing / average));
  const message = `pool ${pool.id} has acting primaries on OSD(s) with primary affinity 0, read balance score is not accurate`;
  return {
    valid: true,
    scoreActing: rounded(float(rawScoreActing / optimalScore)),
    scoreStable: rounded(float(rawScoreStable / optimalScore)),
    ...(sums.actingOnZero ? { message } : {}),
    fair: {
      ...{ optimalScore, rawScoreActing, rawScoreStable, primaryAffinityWeighted: sums.weightedAffinity },
      averagePrimaryAffinity: rounded(float(sums.affinity / sums.usable)),
      averagePrimaryAffinityWeighted: rounded(float(sums.weightedAffinity / sums.weight)),
    },
  };
}

/** The first PG of which no OSD may be primary. */
function seedOnZeroAffinity(map: OsdMap, pool: PgPool): number | undefined {
  const mapper = mapperOf(map);
  for (let seed = 0; seed < pool.pgNum; seed++) {
    if (mapper.get(pool, seed).acting.every((osd) => affinityOf(map, osd) === 0)) return seed;
  }
  return undefined;
}

/** Two decimals, as a 32-bit float. */
export function rounded(value: number): number {
  const hundreds = float(value * 100);
  return float((value > 0 ? Math.floor(hundreds + 0.5) : Math.ceil(hundreds - 0.5)) / 100);
}
