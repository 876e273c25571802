import { type RecordStore, tableName } from '../base/records.ts';
import { logToCluster } from './cluster-log.ts';
import { configFlag } from './config/value.ts';
import type { HealthCheck } from './health-check.ts';
import type { Monitor } from './monitor.ts';

/** Who notices: the monitor with each map, or with the manager's; or the manager from what daemons report. */
export type HealthSource = 'map' | 'manager' | 'reports';

/** A check as it was told of last. */
interface ToldCheck {
  readonly source: HealthSource;
  readonly severity: HealthCheck['severity'];
  readonly summary: string;
}

const TOLD = tableName<ToldCheck>('health-told');

/** Codes that the monitor tells from the map alone. @ceph src/osd/OSDMap.cc check_health */
const OF_MAP =
  /^(OSDMAP_FLAGS|OSD_(DOWN|FLAGS|ORPHAN|FULL|BACKFILLFULL|NEARFULL|OUT_OF_ORDER_FULL)|OSD_[A-Z]+_DOWN|POOL_(FULL|NEARFULL|BACKFILLFULL|NO_REDUNDANCY|PG_NUM_NOT_POWER_OF_TWO)|OLD_CRUSH_[A-Z_]+)$/;

/** Who tells of a check. */
export function sourceOf(code: string): HealthSource {
  if (code === 'MGR_DOWN') return 'manager';
  return OF_MAP.test(code) ? 'map' : 'reports';
}

/** True while something is told of. */
export function isHealthTold(records: RecordStore): boolean {
  return records.table(TOLD).size > 0;
}

/**
 * Writes to the cluster log what has changed in the health that one source tells of. True where anything has.
 * @ceph src/mon/HealthMonitor.cc, src/mon/Monitor.cc log_health — exact
 */
export function logHealth(monitor: Monitor, source: HealthSource, found: readonly HealthCheck[]): boolean {
  const { records } = monitor.context;
  const table = records.table(TOLD);
  const checks = new Map(found.filter(({ code }) => sourceOf(code) === source).map((check) => [check.code, check]));
  const before = new Map([...table.entries()].filter(([, told]) => told.source === source));
  const lines = [...raised(before, checks), ...cleared(before, checks)];
  for (const code of before.keys()) if (!checks.has(code)) table.delete(code);
  for (const [code, { severity, summary }] of checks)
    if (!isSame(before.get(code), severity, summary)) table.set(code, { source, severity, summary });
  if (before.size > 0 && table.size === 0) lines.push({ level: 'info', text: 'Cluster is now healthy' });
  if (configFlag(records, 'mon', 'mon_health_to_clog'))
    for (const line of lines) logToCluster(monitor, { who: 'mon.a', channel: 'cluster', ...line });
  return lines.length > 0;
}

interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
}

function raised(before: ReadonlyMap<string, ToldCheck>, checks: ReadonlyMap<string, HealthCheck>): Line[] {
  const lines: Line[] = [];
  for (const [code, { severity, summary }] of checks) {
    const told = before.get(code);
    if (isSame(told, severity, summary)) continue;
    const what = told === undefined ? 'failed' : 'update';
    const level = severity === 'HEALTH_ERR' ? 'error' : 'warn';
    lines.push({ level, text: `Health check ${what}: ${summary} (${code})` });
  }
  return lines;
}

function cleared(before: ReadonlyMap<string, ToldCheck>, checks: ReadonlyMap<string, HealthCheck>): Line[] {
  return [...before]
    .filter(([code]) => !checks.has(code))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { summary }]) => ({ level: 'info', text: `Health check cleared: ${code} (was: ${summary})` }));
}

function isSame(told: ToldCheck | undefined, severity: string, summary: string): boolean {
  return told !== undefined && told.severity === severity && told.summary === summary;
}
