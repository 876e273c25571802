import { type Table, tableName } from '../../base/records.ts';
import { DEFAULT_CHOOSE_ARGS } from '../../crush/crush-map.ts';
import { ONE } from '../../crush/fixed.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { byPg } from '../../osdmap/pg-wire.ts';
import { changeConfig } from '../config/state.ts';
import { configNumber, configValue } from '../config/value.ts';
import { createWeightSet } from '../crush/weight-sets.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { needsClients } from '../pg-upmap.ts';
import type { ClusterStats } from '../stats.ts';
import { compatWeightsOf, withCompatWeights } from './compat-weights.ts';
import { type BalancerSettings, type Optimization, optimize } from './optimize.ts';

export const BALANCER_MODES = ['none', 'crush-compat', 'upmap', 'read', 'upmap-read'] as const;

type Pairs = readonly (readonly [from: number, to: number])[];

/** Upmaps or weights that were worked out, and not made yet. */
export interface Plan {
  readonly name: string;
  readonly mode: string;
  readonly epoch: number;
  readonly crushVersion: number;
  readonly pools: readonly string[];
  readonly set: ReadonlyMap<string, Pairs>;
  readonly clear: readonly string[];
  readonly primaries: ReadonlyMap<string, number>;
  /** Weights of OSDs in the weight set for all pools, and reweights: of the mode crush-compat alone. */
  readonly compatWeights?: ReadonlyMap<number, number>;
  readonly reweights?: ReadonlyMap<number, number>;
  /** True where that weight set is still to be made. */
  readonly isSetMissing?: boolean;
}

/** What the balancer remembers. */
export interface BalancerState {
  /** Balances by itself. */
  readonly active: boolean;
  readonly mode: string;
  readonly plans: readonly Plan[];
  /** Pools that it is for; all where there is none. */
  readonly pools: readonly string[];
  readonly result: string;
  readonly started_us: number;
  readonly needless: boolean;
}

const FRESH: BalancerState = {
  ...{ active: true, mode: 'upmap', plans: [], pools: [], result: '', started_us: 0, needless: false },
};
const STATE = tableName<BalancerState>('balancer');
const CURRENT = 'current';

const PLANNED = 'Optimization plan created successfully';

function table(monitor: Monitor): Table<BalancerState> {
  return monitor.context.records.table(STATE);
}

export function balancerOf(monitor: Monitor): BalancerState {
  return table(monitor).get(CURRENT) ?? FRESH;
}

export function changeBalancer(monitor: Monitor, change: Partial<BalancerState>): void {
  table(monitor).set(CURRENT, { ...balancerOf(monitor), ...change });
  noteSettings(monitor, change);
}

/** Mode and switch are settings of the manager, too. */
function noteSettings({ context }: Monitor, { mode, active }: Partial<BalancerState>): void {
  const row = (name: string) => ({ section: 'mgr', mask: '', name: `mgr/balancer/${name}` });
  const wanted = [
    ...(mode === undefined ? [] : [{ row: row('mode'), to: mode }]),
    ...(active === undefined ? [] : [{ row: row('active'), to: String(active) }]),
  ];
  changeConfig(context.records, wanted, context.now_us());
}

/** @ceph src/pybind/mgr/balancer/module.py set_mode — exact */
export function setBalancerMode(monitor: Monitor, mode: string): MonAnswer {
  const [release, what] =
    mode === 'upmap' ? ['luminous', 'pg-upmap'] : mode.includes('read') ? ['reef', 'pg-upmap-primary'] : [];
  if (release !== undefined && what !== undefined && needsClients(monitor.map(), release, what) !== undefined) {
    const allowed = monitor.map().requireMinCompatClient;
    return refused(
      'EPERM',
      `min_compat_client "${allowed}" < "${release}", which is required for ${what}. ` +
        `Try "ceph osd set-require-min-compat-client ${release}" before enabling this mode`,
    );
  }
  // Whatever comes of it.
  if (mode === 'crush-compat') makeCompatSet(monitor);
  changeBalancer(monitor, { mode });
  return done('');
}

/** Makes the weight set for all pools, where there is none for each bucket. */
function makeCompatSet(monitor: Monitor): void {
  if (compatWeightsOf(monitor.map().crush) === undefined) createWeightSet(monitor, undefined, 'flat');
}

/**
 * Works out what would spread some pools more evenly, and keeps it as a plan.
 *
 * @ceph src/pybind/mgr/balancer/module.py plan_optimize — exact
 */
export function optimizePools(
  monitor: Monitor,
  stats: ClusterStats,
  name: string,
  pools: readonly string[],
): MonAnswer {
  const started_us = monitor.context.now_us();
  const outcome = optimizeNow(monitor, stats, pools);
  if (outcome.kind === 'refused') {
    changeBalancer(monitor, { result: outcome.detail, started_us, needless: outcome.isNeedless });
    return refused(outcome.errno, outcome.detail);
  }
  const plan = planFor(monitor, name, pools, outcome);
  const others = balancerOf(monitor).plans.filter((each) => each.name !== name);
  changeBalancer(monitor, { plans: [...others, plan], result: PLANNED, started_us, needless: false });
  return done('');
}

/** One round of the balancer that is on: works out a plan and makes it. Returns what came of it. */
export function balanceOnce(monitor: Monitor, stats: ClusterStats): Optimization {
  const { pools } = balancerOf(monitor);
  const outcome = optimizeNow(monitor, stats, pools);
  const result = outcome.kind === 'change' ? PLANNED : outcome.detail;
  const needless = outcome.kind === 'refused' && outcome.isNeedless;
  const before = balancerOf(monitor);
  if (before.result !== result || before.needless !== needless) changeBalancer(monitor, { result, needless });
  if (outcome.kind === 'change') executePlan(monitor, planFor(monitor, 'auto', pools, outcome));
  return outcome;
}

function optimizeNow(monitor: Monitor, stats: ClusterStats, pools: readonly string[]): Optimization {
  const below = (bound: number) => monitor.context.rng.below('balancer', bound);
  const { mode } = balancerOf(monitor);
  if (mode === 'crush-compat') makeCompatSet(monitor);
  return optimize({ map: monitor.map(), stats, mode, pools, settings: balancerSettings(monitor), below });
}

/** Options of the configuration that the balancer goes by. */
export function balancerSettings({ context: { records } }: Monitor): BalancerSettings {
  const number = (name: string) => configNumber(records, 'mgr', name);
  return {
    maxMisplaced: number('target_max_misplaced_ratio'),
    maxDeviation: number('mgr/balancer/upmap_max_deviation'),
    maxUpmaps: number('mgr/balancer/upmap_max_optimizations'),
    metrics: configValue(records, 'mgr', 'mgr/balancer/crush_compat_metrics').split(','),
    maxIterations: number('mgr/balancer/crush_compat_max_iterations'),
    step: number('mgr/balancer/crush_compat_step'),
    minScore: number('mgr/balancer/min_score'),
  };
}

function planFor(
  monitor: Monitor,
  name: string,
  pools: readonly string[],
  { change, compat }: Optimization & { kind: 'change' },
): Plan {
  const { epoch, crushVersion, crush } = monitor.map();
  const { newItems: set, newPrimaries: primaries } = change;
  const clear = byPgText([...change.oldItems]);
  const plan = { name, mode: balancerOf(monitor).mode, epoch, crushVersion, pools, set, clear, primaries };
  if (compat === undefined) return plan;
  const isSetMissing = !crush.chooseArgs.has(DEFAULT_CHOOSE_ARGS);
  return { ...plan, compatWeights: compat.weights, reweights: compat.reweights, isSetMissing };
}

/** In the order that a map of PGs has. */
function byPgText(pgs: readonly string[]): string[] {
  return byPg(new Map(pgs.map((pg) => [pg, null]))).map(([pg]) => pg);
}

/** A map as a plan makes it. */
export function plannedMap(map: OsdMap, { set, clear, primaries, compatWeights, reweights = new Map() }: Plan): OsdMap {
  const pgUpmapItems = new Map([...map.pgUpmapItems, ...set]);
  for (const pg of clear) pgUpmapItems.delete(pg);
  const osds = map.osds.map((osd, id) => {
    const weight = reweights.get(id);
    return osd === undefined || weight === undefined ? osd : { ...osd, weight: Math.trunc(weight * ONE) };
  });
  const crush = compatWeights === undefined ? map.crush : withCompatWeights(map.crush, compatWeights);
  const crushVersion = map.crushVersion + (compatWeights === undefined ? 0 : 1);
  const pgUpmapPrimaries = new Map([...map.pgUpmapPrimaries, ...primaries]);
  return { ...map, pgUpmapItems, pgUpmapPrimaries, osds, crush, crushVersion };
}

/** Makes what a plan says, which is gone then. */
export function executePlan(monitor: Monitor, plan: Plan): void {
  monitor.publish((map) => plannedMap(map, plan), `balancer plan ${plan.name}`);
  const { plans } = balancerOf(monitor);
  if (plans.includes(plan)) changeBalancer(monitor, { plans: plans.filter((each) => each !== plan) });
}
