import type { Task } from '../../../engine/base/task.ts';
import type { CommandRecord } from '../../cli/command.ts';
import { type Explain, explainFor } from '../../cli/explain/explain.ts';
import type { Process, Program } from '../../process.ts';
import { findPage, type Manual } from './manual.ts';

/** What `help` says beside names. */
const WORDS = {
  begin: "A Ceph cluster that lives in this page, and a small shell. 'man X' tells more of any command.",
  files: 'Files and text',
  shell: 'The shell',
  end: 'Pipes, redirections, quotes, variables, $( ), globs, for, while and if work as in bash.',
};
const COUNT = '%d commands: ';
const ONE = '1 command: ';
export const HELP_WORDS: readonly string[] = [...Object.values(WORDS), COUNT, ONE];

/** `help`: what there is; `help X`: one command's page. */
export function helpProgram(manual: Manual): Program {
  return function* (process: Process): Task<number> {
    const words = process.argv.slice(1);
    if (words.length === 0) {
      yield* process.stdout.write(overview(manual, explainFor(process.env)));
      return 0;
    }
    const page = findPage(manual, words, explainFor(process.env));
    if (page !== null) yield* process.stdout.write(page);
    else yield* process.stderr.write(`bash: help: no help topics match \`${words.join(' ')}'.\n`);
    return page === null ? 1 : 0;
  };
}

/** `man X`: the same pages. */
export function manProgram(manual: Manual): Program {
  return function* (process: Process): Task<number> {
    const words = process.argv.slice(1).filter((word) => !/^\d$/.test(word));
    if (words.length === 0) {
      yield* process.stderr.write("What manual page do you want?\nFor example, try 'man man'.\n");
      return 1;
    }
    const page = findPage(manual, words, explainFor(process.env));
    if (page !== null) yield* process.stdout.write(page);
    else yield* process.stderr.write(`No manual entry for ${words.join(' ')}\n`);
    return page === null ? 16 : 0;
  };
}

function countOf(count: number, say: Explain): string {
  return count === 1 ? say(ONE) : say(COUNT).replace('%d', String(count));
}

function overview({ commands, tools, builtins }: Manual, say: Explain): string {
  const groups = new Map<string, CommandRecord[]>();
  for (const command of commands) groups.set(command.tool, [...(groups.get(command.tool) ?? []), command]);
  const ceph = [...groups]
    .map(([tool, records]) => `  ${tool.padEnd(10)} ${countOf(records.length, say)}man ${tool}\n`)
    .join('');
  const list = (items: readonly { name: string; summary: string }[]): string =>
    items.map(({ name, summary }) => `  ${name.padEnd(10)} ${say(summary)}\n`).join('');
  return [
    `${say(WORDS.begin)}\n`,
    `\nCeph\n${ceph}`,
    `\n${say(WORDS.files)}\n${list(tools)}`,
    `\n${say(WORDS.shell)}\n${list(builtins)}`,
    `\n${say(WORDS.end)}\n`,
  ].join('');
}
