import { tableName } from '../base/records.ts';
import type { Monitor } from './monitor.ts';

/** An entry of the cluster log. */
export interface LogEntry {
  readonly at_us: number;
  readonly who: string;
  readonly channel: 'cluster' | 'audit';
  readonly level: 'debug' | 'info' | 'sec' | 'warn' | 'error';
  readonly text: string;
}

const LOG = tableName<readonly LogEntry[]>('cluster-log');
const CURRENT = 'current';
/** Entries that are kept. @ceph src/common/options/global.yaml.in mon_log_max — fewer */
const MAX_ENTRIES = 500;

/** The oldest first. */
export function logEntries(monitor: Monitor): readonly LogEntry[] {
  return monitor.context.records.table(LOG).get(CURRENT) ?? [];
}

export function logToCluster(monitor: Monitor, entry: Omit<LogEntry, 'at_us'>): void {
  const entries = [...logEntries(monitor), { ...entry, at_us: monitor.context.now_us() }];
  monitor.context.records.table(LOG).set(CURRENT, entries.slice(-MAX_ENTRIES));
}
