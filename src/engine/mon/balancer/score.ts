import { ONE } from '../../crush/fixed.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { byNumber } from '../../osdmap/wire.ts';
import type { PgStat } from '../pg-stat.ts';
import { erf } from './erf.ts';

/** Shares that devices below a root should have, by OSD. */
type Target = ReadonlyMap<number, number>;

const WHAT = ['pgs', 'objects', 'bytes'] as const;
type Counts = Record<(typeof WHAT)[number], number>;

/** What lies below a root. */
interface Load {
  readonly target: Target;
  readonly byOsd: Map<number, Counts>;
  readonly total: Counts;
}

/**
 * How unevenly some pools lie on the OSDs that their rules take: 0 is even, 1 is bad.
 *
 * @ceph src/pybind/mgr/balancer/module.py calc_eval, Eval.calc_stats — the score alone
 */
export function balancerScore(map: OsdMap, pools: readonly PgPool[], pgs: readonly PgStat[]): number {
  const loads = new Map<number, Load>();
  for (const pool of pools) {
    for (const root of rootsOf(map, pool)) {
      const load = loads.get(root) ?? { target: targetOf(map, root), byOsd: new Map(), total: noCounts() };
      loads.set(root, load);
      for (const osd of load.target.keys()) if (!load.byOsd.has(osd)) load.byOsd.set(osd, noCounts());
      for (const pg of pgs) if (pg.pool === pool.id) addPg(load, pg);
    }
  }
  if (loads.size === 0) return 0;
  const scores = [...loads.values()].flatMap((load) => WHAT.map((what) => unevenness(load, what)));
  return scores.reduce((sum, each) => sum + each, 0) / (WHAT.length * loads.size);
}

function noCounts(): Counts {
  return { pgs: 0, objects: 0, bytes: 0 };
}

function addPg({ byOsd, total, target }: Load, { up, objects, bytes }: PgStat): void {
  for (const osd of up) {
    if (!target.has(osd)) continue;
    const counts = byOsd.get(osd) ?? noCounts();
    byOsd.set(osd, counts);
    for (const each of [counts, total]) {
      each.pgs++;
      each.objects += objects;
      each.bytes += bytes;
    }
  }
}

/** What the rule of a pool takes. */
function rootsOf(map: OsdMap, pool: PgPool): number[] {
  const steps = map.crush.rules.get(pool.crushRule)?.steps ?? [];
  return [...new Set(steps.flatMap((step) => (step.op === 'take' ? [step.item] : [])))];
}

/** Shares by CRUSH weight and reweight. */
function targetOf(map: OsdMap, root: number): Target {
  const weights = new Map<number, number>();
  const visit = (id: number) => {
    const bucket = map.crush.buckets.get(id);
    for (const [at, item] of (bucket?.items ?? []).entries()) {
      const weight = (bucket?.itemWeights[at] ?? 0) * ((map.osds[item]?.weight ?? 0) / ONE);
      if (item < 0) visit(item);
      else if (weight > 0) weights.set(item, weight);
    }
  };
  visit(root);
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return new Map(byNumber(weights).map(([osd, weight]) => [osd, weight / sum]));
}

/** The share of those that have too much, each by how far it is beyond the average. */
function unevenness({ target, byOsd, total }: Load, what: (typeof WHAT)[number]): number {
  if (total[what] === 0) return 0;
  const count = Math.max(1, target.size);
  const average = total[what] / count;
  let [score, weights] = [0, 0];
  for (const [osd, counts] of byOsd) {
    const share = target.get(osd) ?? 0;
    const adjusted = share > 0 ? counts[what] / share / count : 0;
    if (adjusted <= average) continue;
    score += share * erf((adjusted - average) / average / Math.SQRT2);
    weights += share;
  }
  return score / Math.max(weights, 1);
}
