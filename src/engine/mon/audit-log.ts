import type { RecordStore } from '../base/records.ts';
import type { LogEntry } from './cluster-log.ts';
import { logSeqOf } from './cluster-log.ts';
import type { Monitor } from './monitor.ts';

/** Lines that are kept. */
const MAX_LINES = 500;

interface AuditLines {
  readonly lines: LogEntry[];
  /** Clients that have asked for something. */
  clients: number;
}

/** Kept for as long as the page or the process lives, so that a question changes nothing that is stored. */
const logs = new WeakMap<RecordStore, AuditLines>();

function linesOf(records: RecordStore): AuditLines {
  let log = logs.get(records);
  if (log === undefined) logs.set(records, (log = { lines: [], clients: 0 }));
  return log;
}

/** What was asked of the monitor and the manager, the oldest first; what time travel has taken back is left out. */
export function auditLines({ context }: Monitor): readonly LogEntry[] {
  return linesOf(context.records).lines.filter(({ at_us }) => at_us <= context.now_us());
}

/** The number of a client that asks for something now, from 1. */
export function nextAuditClient({ context }: Monitor): number {
  return ++linesOf(context.records).clients;
}

export function logAudit(monitor: Monitor, who: 'mon.a' | 'mgr.x', level: 'debug' | 'info', text: string): void {
  const { lines } = linesOf(monitor.context.records);
  const before = lines.filter((line) => line.who === who).at(-1)?.seq ?? 0;
  const seq = Math.max(before, logSeqOf(monitor, who)) + 1;
  lines.push({ at_us: monitor.context.now_us(), who, seq, channel: 'audit', level, text });
  if (lines.length > MAX_LINES) lines.shift();
}
