import { tableName } from '../base/records.ts';
import { type LogEntry, nextLogSeq } from './cluster-log.ts';
import { managerGid, managerState } from './manager-state.ts';
import type { Monitor } from './monitor.ts';

/** By number, from 1: one record a line, so that a new one leaves the others as they are. */
const LINES = tableName<LogEntry>('audit-log-lines');
const NUMBERS = tableName<number>('audit-log-numbers');
const NEWEST = 'newest';
/** Clients that have asked for something. */
const CLIENTS = 'clients';
/** Lines that are kept. @ceph src/common/options/global.yaml.in mon_log_max — of each channel; fewer */
const MAX_LINES = 500;

/** What was asked of the monitor and the manager, the oldest first. */
export function auditLines(monitor: Monitor): readonly LogEntry[] {
  return auditLinesSince(monitor, 0);
}

/** How many lines were written, those included that are no longer kept. */
export function newestAuditLine(monitor: Monitor): number {
  return monitor.context.records.table(NUMBERS).get(NEWEST) ?? 0;
}

/** Lines behind a number, as far as they are kept; the oldest first. */
export function auditLinesSince(monitor: Monitor, line: number): readonly LogEntry[] {
  const lines = monitor.context.records.table(LINES);
  const newest = newestAuditLine(monitor);
  const found: LogEntry[] = [];
  for (let at = Math.max(line + 1, newest - MAX_LINES + 1); at <= newest; at++) {
    const entry = lines.get(String(at));
    if (entry !== undefined) found.push(entry);
  }
  return found;
}

/** The number of a client that asks for something now, from 1. */
export function nextAuditClient({ context }: Monitor): number {
  const numbers = context.records.table(NUMBERS);
  const client = (numbers.get(CLIENTS) ?? 0) + 1;
  numbers.set(CLIENTS, client);
  return client;
}

export function logAudit(monitor: Monitor, who: 'mon.a' | 'mgr.x', level: 'debug' | 'info', text: string): void {
  const { records, now_us } = monitor.context;
  const number = newestAuditLine(monitor) + 1;
  records.table(NUMBERS).set(NEWEST, number);
  const rank = who === 'mgr.x' && managerState(records).restarts > 0 ? { rank: `mgr.${managerGid(records)}` } : {};
  const seq = nextLogSeq(monitor, who);
  const entry: LogEntry = { at_us: now_us(), who, ...rank, seq, channel: 'audit', level, text };
  const lines = records.table(LINES);
  lines.set(String(number), entry);
  lines.delete(String(number - MAX_LINES));
}
