import { CephError } from '../../../../engine/base/errno.ts';
import { members, pythonJson, sortedPythonJson } from '../../../../engine/base/python-json.ts';
import { PythonJsonError } from '../../../../engine/base/python-json-read.ts';
import { utf8Decode } from '../../../../engine/base/utf8.ts';
import {
  archiveCrash,
  type Crash,
  crashedAt_us,
  crashes,
  crashText,
  keepCrash,
  pruneCrashes,
  readCrash,
  removeCrash,
} from '../../../../engine/mon/crashes.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { argNumber, type CephAnswer, type CephCall, cephCommand, requiredText } from '../ceph-command.ts';
import { int, text } from '../signatures.ts';
import { withStackSignature } from './crash-signature.ts';

const CRASH_ID = text('id', 'as crash ls tells');
/** A report is no longer than this; the monitors keep values of 64 KiB. @ceph src/common/options/mon.yaml.in mon_config_key_max_entry_size */
const MAX_BYTES = 65_536;
const DAY_US = 86_400_000_000;

const noCrash = (id: string): CephAnswer => ({ text: `crash info: ${id} not found` });

/** Nothing crashes here by itself: what is known was posted. @ceph src/pybind/mgr/crash/module.py — exact, but for tracebacks of Python */
export const crashCommands = [
  cephCommand({
    words: 'crash info',
    summary: 'all that is known of a crash',
    signature: [CRASH_ID],
    answer: (call) => {
      const id = requiredText(call.args, 'id');
      const crash = kept(call).get(id);
      return crash === undefined ? noCrash(id) : { output: `${sortedPythonJson(crash)}\n` };
    },
  }),
  cephCommand({
    words: 'crash post',
    summary: 'report a crash, as JSON by -i',
    description: 'Members crash_id and timestamp must be there; entity_name, utsname_hostname and backtrace are shown.',
    answer: post,
  }),
  cephCommand({
    words: 'crash ls',
    summary: 'daemons that have crashed, as far as somebody has reported it',
    answer: (call) => list(call, [...kept(call).values()]),
  }),
  cephCommand({
    words: 'crash ls-new',
    summary: 'crashes that nobody has archived',
    answer: (call) =>
      list(
        call,
        [...kept(call).values()].filter((crash) => !crash.has('archived')),
      ),
  }),
  cephCommand({
    words: 'crash rm',
    summary: 'forget a crash',
    signature: [CRASH_ID],
    answer: ({ cluster, args }) => {
      removeCrash(cluster.records, requiredText(args, 'id'));
      return {};
    },
  }),
  cephCommand({
    words: 'crash prune',
    summary: 'forget crashes that are so many days old',
    signature: [int('keep')],
    answer: ({ cluster, args }) => {
      pruneCrashes(cluster.records, argNumber(args, 'keep') ?? 0, cluster.now_us());
      return {};
    },
  }),
  cephCommand({
    words: 'crash archive',
    summary: 'hear no more of a crash',
    signature: [CRASH_ID],
    answer: (call) => {
      const id = requiredText(call.args, 'id');
      if (!kept(call).has(id)) return noCrash(id);
      archiveCrash(call.cluster.records, id, call.cluster.now_us());
      return {};
    },
  }),
  cephCommand({
    words: 'crash archive-all',
    summary: 'hear no more of all crashes',
    answer: (call) => {
      for (const id of kept(call).keys()) archiveCrash(call.cluster.records, id, call.cluster.now_us());
      return {};
    },
  }),
  cephCommand({
    words: 'crash stat',
    summary: 'how many daemons have crashed',
    answer: (call) => ({ output: statText(kept(call), call.cluster.now_us()) }),
  }),
  cephCommand({
    words: 'crash json_report',
    summary: 'crashes of so many hours, by daemon',
    signature: [int('hours')],
    answer: (call) => ({ text: reportText(kept(call)) }),
  }),
];

function kept({ cluster }: CephCall): ReadonlyMap<string, Crash> {
  return crashes(cluster.records);
}

/** What is wrong with a report is told, and the command succeeds: the module gives a positive number. */
function post({ cluster, input }: CephCall): CephAnswer {
  if (input.length === 0 || input.length > MAX_BYTES)
    return {
      code: EXIT_NOT_YET,
      text: `'ceph crash post' of ${input.length} bytes is not available in this sandbox yet`,
    };
  try {
    const { id, crash } = readCrash(utf8Decode(input));
    const signed = withStackSignature(crash);
    if (signed === null)
      return { code: EXIT_NOT_YET, text: "'ceph crash post' of such a backtrace is not available in this sandbox yet" };
    keepCrash(cluster.records, id, signed);
    return {};
  } catch (error) {
    if (error instanceof PythonJsonError) return { text: `malformed crash metadata: ${error.message}` };
    if (error instanceof CephError && error.is('EINVAL')) return { text: `malformed crash metadata: ${error.context}` };
    throw error;
  }
}

function list({ format }: CephCall, found: readonly Crash[]): CephAnswer {
  if (format === 'json' || format === 'json-pretty') return { output: `${sortedPythonJson(found)}\n` };
  return { output: found.length === 0 ? '' : table(found) };
}

/** As Python's PrettyTable writes it: without borders, two blanks behind each column. */
function table(found: readonly Crash[]): string {
  const rows = found.map((crash) => [
    crashText(crash, 'crash_id') ?? '',
    crashText(crash, 'entity_name') ?? 'unknown',
    crash.has('archived') ? '   ' : ' * ',
  ]);
  const widthOf = (at: number, head: string): number =>
    Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0));
  const widths = [widthOf(0, 'ID'), widthOf(1, 'ENTITY'), 3];
  return [['ID', 'ENTITY', 'NEW'], ...rows]
    .map((row) => `${row.map((cell, at) => `${cell.padEnd(widths[at] ?? 0)}  `).join('')}\n`)
    .join('');
}

/** Those that are older than a day, than three and than a week; who is in one stands in those before as well. */
function statText(found: ReadonlyMap<string, Crash>, now_us: number): string {
  const bins = [1, 3, 7].map((days) => {
    const ids = [...found].filter(([, crash]) => crashedAt_us(crash) <= now_us - days * DAY_US).map(([id]) => id);
    return ids.length === 0 ? '' : [`${ids.length} older than ${days} days old:`, ...ids].join('\n');
  });
  return `${[`${found.size} crashes recorded`, ...bins].join('\n').replace(/\n+$/, '')}\n`;
}

/** All that are kept: the module does not look at the hours. */
function reportText(found: ReadonlyMap<string, Crash>): string {
  const counts = new Map<string, number>();
  for (const crash of found.values()) {
    const name = crashText(crash, 'process_name') ?? 'unknown';
    counts.set(name === '' ? 'unknown' : name, (counts.get(name) ?? 0) + 1);
  }
  return pythonJson(members(Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))));
}
