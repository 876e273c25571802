import { type Table, tableName } from '../../base/records.ts';
import { calcPgUpmaps } from '../../osdmap/upmap/calc-upmaps.ts';
import { noUpmapChange, withUpmaps } from '../../osdmap/upmap/upmap-change.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { needsClients } from '../pg-upmap.ts';

export const BALANCER_MODES = ['none', 'crush-compat', 'upmap', 'read', 'upmap-read'] as const;

type Pairs = readonly (readonly [from: number, to: number])[];

/** Upmaps that were worked out, and not made yet. */
export interface Plan {
  readonly name: string;
  readonly mode: string;
  readonly epoch: number;
  readonly crushVersion: number;
  readonly pools: readonly string[];
  readonly set: ReadonlyMap<string, Pairs>;
  readonly clear: readonly string[];
}

/** What the balancer remembers. */
export interface BalancerState {
  readonly mode: string;
  readonly plans: readonly Plan[];
  /** Pools that it is for; all where there is none. */
  readonly pools: readonly string[];
  readonly result: string;
  readonly started_us: number;
  readonly needless: boolean;
}

const FRESH: BalancerState = { mode: 'upmap', plans: [], pools: [], result: '', started_us: 0, needless: false };
const STATE = tableName<BalancerState>('balancer');
const CURRENT = 'current';

function table(monitor: Monitor): Table<BalancerState> {
  return monitor.context.records.table(STATE);
}

export function balancerOf(monitor: Monitor): BalancerState {
  return table(monitor).get(CURRENT) ?? FRESH;
}

export function changeBalancer(monitor: Monitor, change: Partial<BalancerState>): void {
  table(monitor).set(CURRENT, { ...balancerOf(monitor), ...change });
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
  changeBalancer(monitor, { mode });
  return done('');
}

const [MAX_DEVIATION, MAX_CHANGES, LOCAL_RETRIES] = [5, 10, 100] as const;
const ALREADY_EVEN =
  'Unable to find further optimization, or pool(s) pg_num is decreasing, or distribution is already perfect';

/**
 * Works out upmaps for some pools, and keeps them as a plan. EALREADY where there is nothing to gain.
 *
 * @ceph src/pybind/mgr/balancer/module.py optimize, do_upmap — exact but for the order of pools, which is theirs here
 */
export function optimizePools(monitor: Monitor, name: string, pools: readonly string[]): MonAnswer {
  const map = monitor.map();
  const { mode, plans } = balancerOf(monitor);
  const started_us = monitor.context.now_us();
  const chosen = [...map.pools.values()].filter((pool) => pools.length === 0 || pools.includes(pool.name));
  const change = noUpmapChange();
  let left: number = MAX_CHANGES;
  for (const { id } of chosen.sort((a, b) => a.id - b.id)) {
    const options = { maxDeviation: MAX_DEVIATION, max: left, pools: [id], aggressive: true, fast: true };
    const nextSeed = () => monitor.context.rng.below('balancer', 1 << 30);
    left -= calcPgUpmaps(map, { ...options, localRetries: LOCAL_RETRIES, nextSeed }, change);
    if (left <= 0) break;
  }
  if (left === MAX_CHANGES) {
    changeBalancer(monitor, { result: ALREADY_EVEN, started_us, needless: true });
    return refused('EALREADY', ALREADY_EVEN);
  }
  const after = withUpmaps(map, change);
  const set = [...after.pgUpmapItems].filter(([pg, pairs]) => String(map.pgUpmapItems.get(pg)) !== String(pairs));
  const clear = [...map.pgUpmapItems.keys()].filter((pg) => !after.pgUpmapItems.has(pg));
  const { epoch, crushVersion } = map;
  const plan: Plan = { name, mode, epoch, crushVersion, pools, set: new Map(set), clear };
  const others = plans.filter((each) => each.name !== name);
  changeBalancer(monitor, {
    plans: [...others, plan],
    result: 'Optimization plan created successfully',
    started_us,
    needless: false,
  });
  return done('');
}

/** Makes the upmaps of a plan, which is gone then. */
export function executePlan(monitor: Monitor, plan: Plan): void {
  monitor.publish((map) => {
    const pgUpmapItems = new Map([...map.pgUpmapItems, ...plan.set]);
    for (const pg of plan.clear) pgUpmapItems.delete(pg);
    return { ...map, pgUpmapItems };
  }, `balancer plan ${plan.name}`);
  changeBalancer(monitor, { plans: balancerOf(monitor).plans.filter((each) => each !== plan) });
}
