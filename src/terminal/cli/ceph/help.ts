import type { CephCommand } from './ceph-command.ts';
import { usageLine } from './match.ts';
import { TOP_USAGE } from './top-options.ts';

const LEFT = 39;

/** `ceph -h [WORDS]`: the commands that begin with those words, with what each does. */
export function helpText(commands: readonly CephCommand[], words: readonly string[]): string {
  const wanted = commands.filter((command) => words.every((word, at) => command.words[at]?.startsWith(word)));
  const lines = (wanted.length > 0 ? wanted : commands).map(entryText);
  return `\n General usage: \n ==============\n${TOP_USAGE}\n Commands of this sandbox: \n =========================\n${lines.join('')}`;
}

function entryText(command: CephCommand): string {
  const left = wrapped(usageLine(command), LEFT);
  const right = wrapped(command.summary, LEFT);
  const height = Math.max(left.length, right.length);
  const lines: string[] = [];
  for (let at = 0; at < height; at++) lines.push(`${(left[at] ?? '').padEnd(LEFT)} ${right[at] ?? ''}`.trimEnd());
  return `${lines.join('\n')}\n`;
}

function wrapped(text: string, width: number): string[] {
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
