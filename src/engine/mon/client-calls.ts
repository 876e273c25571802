import { must } from '../base/assert.ts';
import type { IntervalSet } from '../base/interval-set.ts';
import type { Monitor } from './monitor.ts';

/** What clients ask of the monitor as they work with objects. */
export interface ClientCalls {
  createSnap(monitor: Monitor, pool: number): number;
  removeSnaps(monitor: Monitor, pool: number, snaps: IntervalSet): void;
  enableApplication(monitor: Monitor, pool: string, application: string): void;
  /** Shuts a client out, for so many seconds; for as long as the configuration says where that is 0. */
  blockClient(monitor: Monitor, client: number, expire_s: number): void;
}

let loaded: ClientCalls | undefined;

/** Loads them. A page that only shows a cluster needs none. */
export function loadClientCalls(calls: ClientCalls): void {
  loaded = calls;
}

export function clientCalls(): ClientCalls {
  return must(loaded, 'what clients ask of the monitor');
}
