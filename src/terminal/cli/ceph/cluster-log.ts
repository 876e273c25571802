import { auditLines } from '../../../engine/mon/audit-log.ts';
import { type LogEntry, logEntries, logToCluster } from '../../../engine/mon/cluster-log.ts';
import { isoText } from '../format/dates.ts';
import { arrayNode, nodeOf } from '../format/tree.ts';
import { argNumber, argText, argTexts, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { choice, optional, text } from './signatures.ts';

const LEVELS = ['debug', 'info', 'sec', 'warn', 'error'] as const;
const LEVEL_NAMES: readonly string[] = LEVELS;
const MARKS = { debug: 'DBG', info: 'INF', sec: 'SEC', warn: 'WRN', error: 'ERR' } as const;
const DEFAULT_COUNT = 20;

export const logText = cephCommand({
  words: 'log',
  summary: 'write a line to the cluster log',
  signature: [{ ...text('logtext'), repeat: true }],
  answer: ({ monitor, args }) => {
    monitor.received();
    const line = argTexts(args, 'logtext').join(' ');
    logToCluster(monitor, { who: 'client.admin', channel: 'cluster', level: 'info', text: line });
    return {};
  },
});

export const logLast = cephCommand({
  words: 'log last',
  summary: 'the last lines of the cluster log',
  signature: [
    optional({ name: 'num', type: { kind: 'int', range: [1] } }),
    optional(choice('level', LEVELS)),
    optional(choice('channel', ['*', 'cluster', 'audit', 'cephadm'])),
  ],
  answer: (call) => {
    const found = lastEntries(call);
    return shown(
      call,
      () => found.map((entry) => `${lineOf(entry)}\n`).join(''),
      () =>
        arrayNode(
          'tail',
          found.map((entry) => nodeOf('entry', objectOf(entry))),
        ),
    );
  },
});

function lastEntries({ monitor, args }: CephCall): readonly LogEntry[] {
  const level = argText(args, 'level') ?? 'info';
  const channel = argText(args, 'channel') ?? 'cluster';
  const fits = (entry: LogEntry) => isAtLeast(entry, level) && (channel === '*' || entry.channel === channel);
  const all = channel === 'cluster' ? logEntries(monitor) : [...logEntries(monitor), ...auditLines(monitor)];
  return [...all]
    .sort((a, b) => a.at_us - b.at_us)
    .filter(fits)
    .slice(-(argNumber(args, 'num') ?? DEFAULT_COUNT));
}

/** @ceph src/common/LogEntry.h operator<< — exact */
function lineOf({ at_us, who, rank = rankOf(who), seq, channel, level, text: line }: LogEntry): string {
  return `${isoText(at_us)} ${who} (${rank}) ${seq} : ${channel} [${MARKS[level]}] ${line}`;
}

/** The monitor and the manager as numbers; a client that only writes a line has none. */
function rankOf(who: string): string {
  if (who.startsWith('client')) return 'client.?';
  return RANKS[who] ?? who;
}

const RANKS: Readonly<Record<string, string>> = { 'mon.a': 'mon.0', 'mgr.x': 'mgr.4103' };

/** `2026-11-22T09:00:00.194003+0000 mon.a [WRN] Health check failed …`: as `ceph -w` shows it. @ceph src/ceph.in do_log_watch — exact */
export function watchedLine({ at_us, who, level, text: line }: LogEntry): string {
  return `${isoText(at_us)} ${who} [${MARKS[level]}] ${line}`;
}

export function isAtLeast(entry: LogEntry, level: string): boolean {
  return LEVEL_NAMES.indexOf(entry.level) >= LEVEL_NAMES.indexOf(level);
}

/** @ceph src/common/LogEntry.cc LogEntry::dump — exact names and order */
function objectOf({ at_us, who, rank = rankOf(who), seq, channel, level, text: message }: LogEntry) {
  const address = { type: 'any', addr: '127.0.0.1:0', nonce: NONCES[who.split('.')[0] ?? ''] ?? 0 };
  return {
    name: who,
    rank,
    addrs: { addrvec: [address] },
    stamp: isoText(at_us),
    seq,
    channel,
    priority: `[${MARKS[level]}]`,
    message,
  };
}

/** Made up, as all addresses here. */
const NONCES: Readonly<Record<string, number>> = { mon: 1, mgr: 2, osd: 3, client: 4 };
