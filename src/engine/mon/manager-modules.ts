import type { EngineContext } from '../base/context.ts';
import type { Monitor } from './monitor.ts';
import type { StatsPort } from './pg-stat.ts';

/** What the manager does beside commands. */
export interface ManagerModule {
  /** With each map, and after records were brought back. */
  startWork(): void;
}

export type MakeModule = (engine: EngineContext, monitor: Monitor, stats: StatsPort) => ManagerModule;

let loaded: readonly MakeModule[] | null = null;

/** Loads the manager's modules. As in Ceph they come beside it: a page that only shows a cluster needs none. */
export function loadManagerModules(modules: readonly MakeModule[]): void {
  loaded = modules;
}

/** The modules of one cluster; null while none are loaded. */
export function makeManagerModules(...parts: Parameters<MakeModule>): readonly ManagerModule[] | null {
  return loaded?.map((make) => make(...parts)) ?? null;
}
