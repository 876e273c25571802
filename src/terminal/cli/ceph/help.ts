import type { Explain } from '../explain/explain.ts';
import { columnsOf, wrapColumns } from '../explain/wide-text.ts';
import { formatted } from '../format/formatter.ts';
import { nodeOf } from '../format/tree.ts';
import type { CephCommand } from './ceph-command.ts';
import { usageLine } from './match.ts';
import { isPgid, type ToldTo } from './tell/target.ts';
import { TOP_USAGE } from './top-options.ts';

const LEFT = 39;

/** Stands above the list of commands. */
export const OURS = 'Commands of this sandbox:';

/** `ceph -h [WORDS]`: the commands that begin with those words, with what each does. */
export function helpText(commands: readonly CephCommand[], words: readonly string[], say: Explain): string {
  const told = commands.filter(({ hidden }) => hidden !== true);
  const wanted = told.filter((command) => words.every((word, at) => command.words[at]?.startsWith(word)));
  const lines = (wanted.length > 0 ? wanted : told).map((command) => entryText(command, say));
  const title = say(OURS);
  return `\n General usage: \n ==============\n${TOP_USAGE}\n ${title} \n ${'='.repeat(columnsOf(title))}\n${lines.join('')}`;
}

/** `ceph tell osd.0 help`, and `ceph daemon osd.0 help`, which is JSON: what a daemon answers, in order of its words. */
export function daemonHelp(commands: readonly CephCommand[], { how, target }: ToldTo, say: Explain): string {
  const sorted = [...commands].sort((a, b) => (a.words.join(' ') < b.words.join(' ') ? -1 : 1));
  if (how === 'daemon') {
    const entries = sorted.map(({ words, summary }) => [words.join(' '), say(summary)]);
    return `${formatted(nodeOf('help', Object.fromEntries(entries)), 'json-pretty')}\n`;
  }
  const title = `Tell ${isPgid(target) ? 'pg' : target.split('.')[0]} commands`;
  return `\n ${title} \n ${'='.repeat(title.length)}\n${sorted.map((command) => entryText(command, say)).join('')}`;
}

function entryText(command: CephCommand, say: Explain): string {
  const left = wrapped(usageLine(command), LEFT);
  const right = wrapped(say(command.summary), LEFT);
  const height = Math.max(left.length, right.length);
  const lines: string[] = [];
  for (let at = 0; at < height; at++) lines.push(`${(left[at] ?? '').padEnd(LEFT)} ${right[at] ?? ''}`.trimEnd());
  return `${lines.join('\n')}\n`;
}

function wrapped(text: string, width: number): string[] {
  if (columnsOf(text) !== text.length) return wrapColumns(text, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ` ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
