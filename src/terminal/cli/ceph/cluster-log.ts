import { type LogEntry, logEntries, logToCluster } from '../../../engine/mon/cluster-log.ts';
import { isoText } from '../format/dates.ts';
import { arrayNode, nodeOf } from '../format/tree.ts';
import { argNumber, argText, argTexts, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { choice, optional, text } from './signatures.ts';

const LEVELS = ['debug', 'info', 'sec', 'warn', 'error'] as const;
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
  const least = LEVELS.findIndex((level) => level === (argText(args, 'level') ?? 'info'));
  const channel = argText(args, 'channel') ?? 'cluster';
  const fits = (entry: LogEntry) =>
    LEVELS.indexOf(entry.level) >= least && (channel === '*' || entry.channel === channel);
  return logEntries(monitor)
    .filter(fits)
    .slice(-(argNumber(args, 'num') ?? DEFAULT_COUNT));
}

function lineOf({ at_us, who, channel, level, text: line }: LogEntry): string {
  return `${isoText(at_us)} ${who} (${who.startsWith('client') ? 'client.?' : who}) 0 : ${channel} [${MARKS[level]}] ${line}`;
}

function objectOf({ at_us, who, channel, level, text: message }: LogEntry) {
  return { name: who, stamp: isoText(at_us), seq: 0, channel, priority: `[${MARKS[level]}]`, message };
}
