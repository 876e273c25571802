import { CRUSH_ITEM_NONE } from '../../crush/crush-map.ts';
import { ONE } from '../../crush/fixed.ts';
import type { OsdMap } from '../osd-map.ts';
import { mapperOf } from '../pg-mapper.ts';
import { ruleWeights } from '../rule-weights.ts';

const float = Math.fround;

/** A PG as a number that sorts as Ceph sorts PGs: by pool, then by seed. */
export type PgKey = number;
const POOL_STEP = 2 ** 32;

export function pgKey(pool: number, seed: number): PgKey {
  return pool * POOL_STEP + seed;
}

export function pgOfKey(key: PgKey): { readonly pool: number; readonly seed: number } {
  return { pool: Math.floor(key / POOL_STEP), seed: key % POOL_STEP };
}

/** Which PGs each OSD holds, and what its share would be. */
export interface Spread {
  readonly pgs: ReadonlyMap<number, ReadonlySet<PgKey>>;
  readonly weights: ReadonlyMap<number, number>;
  readonly pgsPerWeight: number;
}

/** @ceph src/osd/OSDMap.cc OSDMap::build_pool_pgs_info — exact; undefined where the OSDs have no weight */
export function spreadOf(map: OsdMap, poolIds: readonly number[]): Spread | undefined {
  const held = new Map<number, Set<PgKey>>();
  const weights = new Map<number, number>();
  let [total, weightTotal] = [0, 0];
  for (const id of [...poolIds].sort((a, b) => a - b)) {
    const pool = map.pools.get(id);
    if (pool === undefined) continue;
    const mapper = mapperOf(map);
    for (let seed = 0; seed < pool.pgNum; seed++) {
      for (const osd of mapper.get(pool, seed).up) if (osd !== CRUSH_ITEM_NONE) setOf(held, osd).add(pgKey(id, seed));
    }
    total += pool.size * pool.pgNum;
    weightTotal = addWeights(map, pool.crushRule, weights);
  }
  if (weightTotal === 0) return undefined;
  for (const osd of weights.keys()) setOf(held, osd);
  const pgs = new Map([...held].sort(([a], [b]) => a - b));
  return { pgs, weights, pgsPerWeight: float(total / weightTotal) };
}

function setOf(sets: Map<number, Set<PgKey>>, osd: number): Set<PgKey> {
  let set = sets.get(osd);
  if (set === undefined) sets.set(osd, (set = new Set()));
  return set;
}

/** @ceph src/osd/OSDMap.cc OSDMap::get_osds_weight — exact */
function addWeights(map: OsdMap, rule: number, weights: Map<number, number>): number {
  let sum = 0;
  for (const [osd, share] of ruleWeights(map.crush, rule) ?? []) {
    const adjusted = float(float((map.osds[osd]?.weight ?? 0) / ONE) * share);
    if (adjusted === 0) continue;
    weights.set(osd, float((weights.get(osd) ?? 0) + adjusted));
    sum = float(sum + adjusted);
  }
  return sum;
}

/** How many PGs more than its share each OSD has, and how bad all of that is. */
export interface Deviations {
  readonly byOsd: ReadonlyMap<number, number>;
  /** Least first; of equal ones the OSD with the lower id. */
  readonly sorted: readonly { readonly deviation: number; readonly osd: number }[];
  /** The sum of the squares. */
  readonly squares: number;
  readonly most: number;
}

/** @ceph src/osd/OSDMap.cc OSDMap::calc_deviations — exact */
export function deviationsOf(spread: Spread, changed?: ReadonlyMap<number, ReadonlySet<PgKey>>): Deviations {
  const byOsd = new Map<number, number>();
  let [squares, most] = [0, 0];
  for (const [osd, pgs] of spread.pgs) {
    const count = (changed?.get(osd) ?? pgs).size;
    const target = float((spread.weights.get(osd) ?? 0) * spread.pgsPerWeight);
    const deviation = float(count - target);
    byOsd.set(osd, deviation);
    squares = float(squares + float(deviation * deviation));
    most = Math.max(most, Math.abs(deviation));
  }
  const sorted = [...byOsd].map(([osd, deviation]) => ({ osd, deviation }));
  sorted.sort((a, b) => a.deviation - b.deviation || a.osd - b.osd);
  return { byOsd, sorted, squares, most };
}
