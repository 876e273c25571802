import { tableName } from '../base/records.ts';
import type { Monitor } from './monitor.ts';

/** An entry of the cluster log. */
export interface LogEntry {
  readonly at_us: number;
  readonly who: string;
  /** Who it is as a number, where that is not always the same. */
  readonly rank?: string;
  /** How many lines this daemon has written before, from 1; 0 of clients. */
  readonly seq: number;
  readonly channel: 'cluster' | 'audit';
  readonly level: 'debug' | 'info' | 'sec' | 'warn' | 'error';
  readonly text: string;
}

/** By number, from 1: one record a line, so that a new one leaves the others as they are. */
const LINES = tableName<LogEntry>('cluster-log-lines');
const NUMBERS = tableName<number>('cluster-log-numbers');
const NEWEST = 'newest';
/** Entries that are kept. @ceph src/common/options/global.yaml.in mon_log_max — fewer */
const MAX_ENTRIES = 500;

/** The oldest first. */
export function logEntries(monitor: Monitor): readonly LogEntry[] {
  return logEntriesSince(monitor, 0);
}

/** How many lines were written, those included that are no longer kept. */
export function newestLogLine(monitor: Monitor): number {
  return monitor.context.records.table(NUMBERS).get(NEWEST) ?? 0;
}

/** Lines behind a number, as far as they are kept; the oldest first. */
export function logEntriesSince(monitor: Monitor, line: number): readonly LogEntry[] {
  const lines = monitor.context.records.table(LINES);
  const newest = newestLogLine(monitor);
  const found: LogEntry[] = [];
  for (let at = Math.max(line + 1, newest - MAX_ENTRIES + 1); at <= newest; at++) {
    const entry = lines.get(String(at));
    if (entry !== undefined) found.push(entry);
  }
  return found;
}

/**
 * The number of the line that a daemon writes now, whatever log it goes to; 0 for clients.
 * @ceph src/common/LogClient.cc LogClient::queue — exact
 */
export function nextLogSeq({ context }: Monitor, who: string): number {
  if (who.startsWith('client')) return 0;
  const numbers = context.records.table(NUMBERS);
  const seq = (numbers.get(who) ?? 0) + 1;
  numbers.set(who, seq);
  return seq;
}

export function logToCluster(monitor: Monitor, entry: Omit<LogEntry, 'at_us' | 'seq'>): void {
  const { records, now_us } = monitor.context;
  const numbers = records.table(NUMBERS);
  const number = newestLogLine(monitor) + 1;
  const seq = nextLogSeq(monitor, entry.who);
  numbers.set(NEWEST, number);
  records.table(LINES).set(String(number), { ...entry, seq, at_us: now_us() });
  records.table(LINES).delete(String(number - MAX_ENTRIES));
}
