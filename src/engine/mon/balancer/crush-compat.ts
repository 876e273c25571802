import { ONE } from '../../crush/fixed.ts';
import { weightOf } from '../../crush/tree.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { mapperOf } from '../../osdmap/pg-mapper.ts';
import type { PgStat } from '../pg-stat.ts';
import { type CompatWeights, compatWeightsOf, withCompatWeights } from './compat-weights.ts';
import { type Evaluation, evaluate, METRICS, type Metric, type RootLoad } from './evaluation.ts';

/** What the search goes by. */
export interface CompatRequest {
  readonly map: OsdMap;
  readonly pools: readonly string[];
  readonly pgs: readonly PgStat[];
  readonly metrics: readonly string[];
  readonly maxIterations: number;
  /** How much of the way a weight goes at a time, between 0 and 1. */
  readonly step: number;
  readonly minScore: number;
  /** Share of PGs that may move. */
  readonly maxMisplaced: number;
  /** A whole number from 0 to below the one given, by chance. */
  readonly below: (bound: number) => number;
}

/** Weights of the weight set, and reweights that are other ones than before. */
export interface CompatPlan {
  readonly weights: CompatWeights;
  readonly reweights: ReadonlyMap<number, number>;
}

export type CompatOutcome =
  | { readonly kind: 'plan'; readonly plan: CompatPlan }
  | {
      readonly kind: 'refused';
      readonly errno: 'EALREADY' | 'EAGAIN' | 'EOPNOTSUPP' | 'EDOM';
      readonly detail: string;
    };

const MIN_PGS_PER_OSD = 2;
/** A score that is worse by a factor of this is worse. */
const WORSE = 1.0001;
const [BAD_STEPS, TRY_ON_PERCENT] = [5, 70];
/** Reweights are given up even where the score gets a little worse. */
const FUDGE = 0.001;
const NO_BETTER = 'Unable to find further optimization, change balancer mode and retry might help';

/** Where the search stands. */
interface State {
  readonly weights: Map<number, number>;
  readonly reweights: Map<number, number>;
}

/**
 * Looks for weights of the weight set with which the data lies more evenly, a step at a time towards the share that each
 * OSD should have; reweights go back towards 1 on the way.
 *
 * @ceph src/pybind/mgr/balancer/module.py do_crush_compat — exact but for the numbers by chance
 */
export function optimizeCompat(request: CompatRequest): CompatOutcome {
  const { map, minScore } = request;
  const before = evaluate(request);
  if (before.score <= minScore) return refused('EALREADY', enough(before.score, minScore));
  const weights = compatWeightsOf(map.crush);
  if (weights === undefined || weights.size === 0) return refused('EAGAIN', 'compat weight-set not available');
  const overlap = overlapOf(before.roots);
  if (overlap.size > 0) return refused('EOPNOTSUPP', `Some osds belong to multiple subtrees: ${overlapText(overlap)}`);
  const reweights = new Map(
    map.osds.flatMap((osd, id) => (osd === undefined ? [] : [[id, osd.weight / ONE] as const])),
  );
  return search(request, before, { weights: new Map(weights), reweights });
}

function refused(errno: (CompatOutcome & { kind: 'refused' })['errno'], detail: string): CompatOutcome {
  return { kind: 'refused', errno, detail };
}

function enough(score: number, least: number): string {
  if (score === 0) return 'Distribution is already perfect';
  return `score ${score.toFixed(6)} <= min_score ${least.toFixed(6)}, will not optimize`;
}

/** OSDs below several roots, with these. */
function overlapOf(roots: readonly RootLoad[]): Map<number, string[]> {
  const [seen, overlap] = [new Map<number, string>(), new Map<number, string[]>()];
  for (const { name, target } of roots) {
    for (const osd of target.keys()) {
      const other = seen.get(osd);
      if (other !== undefined) overlap.set(osd, [...(overlap.get(osd) ?? [other]), name]);
      seen.set(osd, name);
    }
  }
  return overlap;
}

function overlapText(overlap: ReadonlyMap<number, readonly string[]>): string {
  const entries = [...overlap].map(([osd, names]) => `${osd}: [${names.map((name) => `'${name}'`).join(', ')}]`);
  return `{${entries.join(', ')}}`;
}

function search(request: CompatRequest, before: Evaluation, first: State): CompatOutcome {
  const { pgs, map, maxMisplaced, below } = request;
  let { step } = request;
  let [best, bestState, next, badSteps] = [before, copied(first), copied(first), 0];
  for (let left = request.maxIterations; left > 0; left--) {
    adjust(request, before, best, { first, best: bestState, next }, step);
    const after = { ...map, crush: withCompatWeights(map.crush, next.weights) };
    const evaluation = evaluate({ ...request, map: after, pgs });
    if (misplaced(map, after) > maxMisplaced) {
      if (best.score < before.score) break;
      step /= 2;
      next = copied(bestState);
    } else if (evaluation.score > best.score * WORSE) {
      badSteps++;
      if (badSteps < BAD_STEPS && below(101) < TRY_ON_PERCENT) continue;
      step /= 2;
      next = copied(bestState);
    } else {
      [best, bestState, badSteps] = [evaluation, copied(next), 0];
      if (best.score === 0) break;
    }
  }
  const reweights = new Map([...bestState.reweights].filter(([osd, weight]) => weight !== first.reweights.get(osd)));
  const fudge = reweights.size > 0 ? FUDGE : 0;
  if (best.score >= before.score + fudge) return refused('EDOM', NO_BETTER);
  return { kind: 'plan', plan: { weights: bestState.weights, reweights } };
}

function copied({ weights, reweights }: State): State {
  return { weights: new Map(weights), reweights: new Map(reweights) };
}

/** The share of PGs that are elsewhere in another map. */
function misplaced(map: OsdMap, after: OsdMap): number {
  const [from, to] = [mapperOf(map), mapperOf(after)];
  let [moved, all] = [0, 0];
  for (const pool of map.pools.values()) {
    all += pool.pgNum;
    for (let seed = 0; seed < pool.pgNum; seed++)
      if (from.get(pool, seed).up.join() !== to.get(pool, seed).up.join()) moved++;
  }
  return all === 0 ? 0 : moved / all;
}

/** Takes the weights below each root a step on, roots by chance one after the other. */
function adjust(
  request: CompatRequest,
  before: Evaluation,
  best: Evaluation,
  states: { readonly first: State; readonly best: State; readonly next: State },
  step: number,
): void {
  const key = keyOf(request.metrics);
  const { next } = states;
  for (const at of shuffled(before.roots.length, request.below)) {
    const root = best.roots[at];
    if (root === undefined || root.total[key] < root.target.size * MIN_PGS_PER_OSD) continue;
    adjustRoot(root, key, states, step);
    const rootWeight = weightOf(request.map.crush, root.id) / ONE;
    const sum = [...next.weights].reduce((all, [osd, weight]) => all + (root.target.has(osd) ? weight : 0), 0);
    if (sum <= 0 || rootWeight <= 0) continue;
    const factor = sum / rootWeight;
    for (const osd of root.target.keys()) next.weights.set(osd, (next.weights.get(osd) ?? 0) / factor);
  }
}

/** Balanced is what is named first. */
function keyOf([first]: readonly string[]): Metric {
  return METRICS.find((each) => each === first) ?? 'pgs';
}

function shuffled(count: number, below: CompatRequest['below']): number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = below(at + 1);
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}

function adjustRoot(
  { target, counts, total }: RootLoad,
  key: Metric,
  { first, best, next }: { readonly first: State; readonly best: State; readonly next: State },
  step: number,
): void {
  const actual = new Map([...counts[key]].map(([osd, count]) => [osd, count / Math.max(total[key], 1)]));
  const deviation = (osd: number) => (target.get(osd) ?? 0) - (actual.get(osd) ?? 0);
  for (const osd of [...actual.keys()].sort((a, b) => Math.abs(deviation(b)) - Math.abs(deviation(a)))) {
    const reweight = first.reweights.get(osd) ?? 0;
    if (reweight === 0) continue;
    if (deviation(osd) === 0) break;
    const [weight, share, is] = [best.weights.get(osd) ?? 0, target.get(osd) ?? 0, actual.get(osd) ?? 0];
    // An OSD without data yet goes towards its share.
    const wanted = is > 0 ? (share / is) * weight * reweight : share;
    next.weights.set(osd, weight * (1 - step) + wanted * step);
    if (reweight < 1)
      next.reweights.set(osd, Math.min(1, Math.max(step + (1 - step) * reweight, reweight + LEAST_REWEIGHT)));
  }
}

/** A reweight goes up by so much at least. */
const LEAST_REWEIGHT = 0.005;
