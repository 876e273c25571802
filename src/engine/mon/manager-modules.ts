import type { Monitor } from './monitor.ts';
import type { StatsPort } from './pg-stat.ts';

/** Starts what a module does beside commands: with each map, and after records were brought back. */
export type ManagerModule = (monitor: Monitor, stats: StatsPort) => void;

let loaded: readonly ManagerModule[] = [];

/** Loads the manager's modules. As in Ceph they come beside it: a page that only shows a cluster needs none. */
export function loadManagerModules(modules: readonly ManagerModule[]): void {
  loaded = modules;
}

export function startManagerModules(monitor: Monitor, stats: StatsPort): void {
  for (const start of loaded) start(monitor, stats);
}
