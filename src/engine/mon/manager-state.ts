import { type RecordStore, tableName } from '../base/records.ts';
import type { EntityAddress } from '../osdmap/extra.ts';
import { blockAddresses } from './blocklist.ts';
import { logToCluster } from './cluster-log.ts';
import { type HealthCheck, warning } from './health-check.ts';
import { logHealth } from './health-log.ts';
import type { Monitor } from './monitor.ts';

/** Where the one manager stands: it starts again by itself when it is told that it failed. */
export interface ManagerState {
  /** Of the manager's map. */
  readonly epoch: number;
  /** How often it has started again. */
  readonly restarts: number;
  readonly phase: 'active' | 'starting' | 'gone';
  /** Since when there has been another active manager, or none; null since the cluster was made. */
  readonly since_us: number | null;
  /** Modules that were turned on. */
  readonly modules: readonly string[];
  /** When it goes on to the next phase; null where it stays. */
  readonly next_us: number | null;
}

const STATES = tableName<ManagerState>('mgr/state');
const KEY = 'x';
/** As a cluster has it once the manager is there. */
const FIRST: ManagerState = { epoch: 4, restarts: 0, phase: 'active', since_us: null, modules: [], next_us: null };
/** How long it takes to stop after its modules were changed, to start again, and to be there, as the recorded clusters show it. */
const STOPS_US = 1_200_000;
/** @ceph src/common/options/global.yaml.in mon_mgr_blocklist_interval */
const BLOCKED_S = 86_400;
const RESTARTS_US = 1_900_000;
const LOADS_US = 1_100_000;
/** Its number as a client of the monitor, and how many others come from one start to the next; made up. */
const FIRST_GID = 4103;
const GIDS_EACH = 77;

export function managerState(records: RecordStore): ManagerState {
  return records.table(STATES).get(KEY) ?? FIRST;
}

/** Its number; 0 while none is active. */
export function managerGid(records: RecordStore): number {
  const { phase, restarts } = managerState(records);
  return phase === 'gone' ? 0 : FIRST_GID + GIDS_EACH * restarts;
}

/**
 * There is no manager until it has started again; its addresses and those of its clients are blocked for a day.
 * @ceph src/mon/MgrMonitor.cc drop_active — exact
 */
export function failManager(monitor: Monitor, addresses: readonly EntityAddress[]): void {
  blockAddresses(monitor, addresses, BLOCKED_S);
  const { records, now_us } = monitor.context;
  const { epoch, ...rest } = managerState(records);
  const at_us = now_us();
  put(monitor, { ...rest, epoch: epoch + 1, phase: 'gone', since_us: at_us, next_us: at_us + RESTARTS_US });
  logHealth(monitor, 'manager', managerDown(records));
}

/** The manager takes up other modules by starting again. @ceph src/mgr/MgrStandby.cc handle_mgr_map, src/mon/MgrMonitor.cc prepare_command — exact */
export function setManagerModules(monitor: Monitor, modules: readonly string[]): void {
  const { records, now_us } = monitor.context;
  const { epoch, ...rest } = managerState(records);
  put(monitor, { ...rest, epoch: epoch + 1, modules, next_us: now_us() + STOPS_US });
}

/** Takes the manager on by a phase, and says so in the cluster log. */
export function stepManager(monitor: Monitor): void {
  const { records, now_us } = monitor.context;
  const { epoch, phase, restarts, ...rest } = managerState(records);
  if (phase === 'starting') {
    put(monitor, { ...rest, restarts, epoch: epoch + 1, phase: 'active', next_us: null });
    tell(monitor, 'Manager daemon x is now available');
    return;
  }
  if (phase === 'active') tell(monitor, 'Active manager daemon x restarted');
  tell(monitor, 'Activating manager daemon x');
  const at_us = now_us();
  const next_us = at_us + LOADS_US;
  put(monitor, { ...rest, epoch: epoch + 1, restarts: restarts + 1, phase: 'starting', since_us: at_us, next_us });
  logHealth(monitor, 'manager', managerDown(records));
}

/** @ceph src/mon/MgrMonitor.cc encode_pending — exact for a cluster that has had a manager */
export function managerDown(records: RecordStore | undefined): HealthCheck[] {
  if (records === undefined || managerState(records).phase !== 'gone') return [];
  return [warning('MGR_DOWN', 'no active mgr', 1)];
}

function put({ context }: Monitor, state: ManagerState): void {
  context.records.table(STATES).set(KEY, state);
}

function tell(monitor: Monitor, text: string): void {
  logToCluster(monitor, { who: 'mon.a', channel: 'cluster', level: 'info', text });
}
