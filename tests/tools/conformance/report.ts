import type { StepResult } from './compare.ts';
import { differsInHelp } from './own-words.ts';
import { type Workunits, workunitLines } from './workunits.ts';

export interface RecordingResult {
  readonly name: string;
  readonly title: string;
  readonly results: readonly StepResult[];
  /** Why there are no answers at all, or empty. */
  readonly error: string;
}

/** What each session must reach, as a share of its counted steps. */
export const GATES: Readonly<Record<string, number>> = {
  'story-a': 1,
  'story-b': 1,
  'rbd-snap': 0.85,
  'rbd-clone-v1': 0.85,
  'rbd-clone-v2': 0.85,
  'rbd-nested': 0.85,
  'rbd-copyup-snaps': 0.85,
  'rbd-resize': 0.85,
  'rados-omap': 0.85,
  'rados-snaps': 0.85,
};

const MOST_EXAMPLES = 12;

/** First words of rbd commands that have a second one. */
const RBD_GROUPS: ReadonlySet<string> = new Set(
  'snap trash group namespace pool feature image-meta config lock mirror migration object-map journal device encryption persistent-cache help'.split(
    ' ',
  ),
);

export function agreeing({ results }: RecordingResult): number {
  return results.filter(({ differences }) => differences.length === 0).length;
}

/** Sessions that do not reach what they must. */
export function belowGate(all: readonly RecordingResult[]): RecordingResult[] {
  return all.filter((one) => agreeing(one) < (GATES[one.name] ?? 0) * one.results.length);
}

/** The page of all results. The same results give the same bytes. */
export function reportPage(all: readonly RecordingResult[], workunits: Workunits = {}): string {
  const agree = all.reduce((sum, one) => sum + agreeing(one), 0);
  const steps = all.reduce((sum, one) => sum + one.results.length, 0);
  const lines = [
    '# Conformance',
    '',
    'Sessions of commands recorded from Ceph 20.2.4, run again on Radoscope. A step agrees when its exit code, its output,',
    'its error output and the files it made are the same, after the masks of `tests/conformance/masks.json`. Steps whose',
    'answer differed between two recordings of Ceph itself are not counted. Written by `npm run conformance`.',
    '',
    `**${agree} of ${steps} steps agree (${percent(agree, steps)}).**`,
    '',
    '| session | agree | steps | share | must reach |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...all.map(row),
    '',
    ...workunitLines(workunits),
    '## What does not agree',
    '',
    ...all.flatMap(reasons),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function row(one: RecordingResult): string {
  const agree = agreeing(one);
  const gate = GATES[one.name];
  const must = gate === undefined ? '' : `${gate * 100} %`;
  return `| ${one.name} | ${agree} | ${one.results.length} | ${percent(agree, one.results.length)} | ${must} |`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`;
}

function reasons(one: RecordingResult): string[] {
  const bad = one.results.filter(({ differences }) => differences.length > 0);
  if (bad.length === 0) return [];
  const groups = new Map<string, string[]>();
  for (const result of bad) {
    const reason = one.error === '' ? reasonOf(result) : `no answers: ${one.error}`;
    groups.set(reason, [...(groups.get(reason) ?? []), commandName(result)]);
  }
  const lines = [...groups].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return [
    `### ${one.name}`,
    '',
    one.title,
    '',
    ...lines.map(([reason, commands]) => `- ${reason} (${commands.length}): ${counted(commands)}`),
    ...bad.flatMap(({ step }) => namedReason(one.name, step.n)),
    '',
  ];
}

/** Why a step differs, where that is known and stays so: by session and step. */
const NAMED: Readonly<Record<string, string>> = {
  'ceph-status 39': 'the name of the machine that was recorded; ours has three hosts',
  'crushmap-edit 51': 'the recorder’s ceph.conf turns the autoscaler off; here none is read unless one is named',
  'mgr-misc 48': 'the name of the machine that was recorded makes a column narrower',
  'osd-fail 24': 'the manager keeps some MiB of its own in the real pool .mgr',
  'pg-commands 30': 'the manager keeps some MiB of its own in the real pool .mgr',
  'legacy-format1 38':
    'the prefix of a format 1 image has the number of its client in it, and lists go by hashes of names',
  'legacy-story-a 56':
    'the object of the manager that was counted for a moment stands in no pool of the list that follows',
  'legacy-story-a 57': 'the shares are of the disk that the recorder had, most of which something else filled',
  'rbd-lock-status 16': 'the column is as wide as the widest address, whose number differs from client to client',
  'rbd-snap 68': 'the text of `rbd help`, which is in our own words',
};

function namedReason(session: string, step: number): string[] {
  const reason = NAMED[`${session} ${step}`];
  return reason === undefined ? [] : [`- step ${step}: ${reason}`];
}

function reasonOf(result: StepResult): string {
  const { answer, differences } = result;
  if (answer === undefined) return 'no answer';
  if (answer.exit === 95) return 'not there yet';
  if (answer.exit === 70) return 'stopped by an error of ours';
  if (answer.exit === 127) return 'no such command yet';
  if (differsInHelp(result)) return 'help in our own words, all else the same';
  const kinds = [...new Set(differences.map(({ kind }) => kind))];
  return `${kinds.join(' and ')} differ${kinds.length === 1 && kinds[0] !== 'file' ? 's' : ''}`;
}

/** The command's words without its operands, as far as that can be told from their looks. */
function commandName({ step }: StepResult): string {
  const [tool = '', ...rest] = step.argv ?? step.line.split(' ');
  const words: string[] = [];
  for (let at = 0; at < rest.length && words.length < (tool === 'ceph' ? 4 : 2); at++) {
    const word = rest[at] ?? '';
    if (/^-[pn]$|^--(?:pool|namespace|cluster)$/.test(word)) at++;
    else if (!word.startsWith('-')) {
      if (tool === 'rbd' && words.length === 1 && !RBD_GROUPS.has(words[0] ?? '')) break;
      if (!/^[a-z][a-z-]*$/.test(word)) break;
      words.push(word);
      if (tool === 'rados') break;
    }
  }
  return [tool, ...words].join(' ');
}

function counted(commands: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const command of commands) counts.set(command, (counts.get(command) ?? 0) + 1);
  const list = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const shown = list
    .slice(0, MOST_EXAMPLES)
    .map(([command, times]) => `\`${command}\`${times > 1 ? ` × ${times}` : ''}`);
  return `${shown.join(', ')}${list.length > MOST_EXAMPLES ? `, and ${list.length - MOST_EXAMPLES} more` : ''}`;
}
