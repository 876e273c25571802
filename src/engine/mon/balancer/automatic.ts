import type { Task } from '../../base/task.ts';
import type { Monitor } from '../monitor.ts';
import type { StatsPort } from '../pg-stat.ts';
import { clusterStats } from '../stats.ts';
import { balanceOnce, balancerOf } from './plans.ts';

/** @ceph src/pybind/mgr/balancer/module.py sleep_interval */
const EVERY_US = 60_000_000;
const NOTHING_TO_GAIN: readonly string[] = ['EALREADY', 'EDOM'];

/**
 * Lets the balancer look after the cluster each minute while it is on: to be called with each map, when it is turned on, and
 * after records were brought back. It rests once there is nothing to gain, until the next map.
 *
 * @ceph src/pybind/mgr/balancer/module.py serve — exact, in minutes of the cluster's age
 */
export function startBalancer(monitor: Monitor, port: StatsPort): void {
  if (balancerOf(monitor).active) monitor.context.spawnTimer('balancer', balance(monitor, port));
}

function* balance(monitor: Monitor, port: StatsPort): Task<void> {
  for (;;) {
    yield EVERY_US - sinceLastRound_us(monitor);
    const { active, mode } = balancerOf(monitor);
    if (!active || mode === 'none') return;
    const outcome = balanceOnce(monitor, clusterStats(monitor.map(), port));
    if (outcome.kind === 'refused' && (outcome.isNeedless || NOTHING_TO_GAIN.includes(outcome.errno))) return;
  }
}

/** When the balancer that is on looked for the last time, in virtual microseconds. */
export function lastRound_us(monitor: Monitor): number {
  return monitor.context.now_us() - sinceLastRound_us(monitor);
}

function sinceLastRound_us(monitor: Monitor): number {
  return (monitor.context.now_us() - monitor.map().created_us) % EVERY_US;
}
