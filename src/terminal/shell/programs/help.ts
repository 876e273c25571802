import type { Task } from '../../../engine/base/task.ts';
import type { CommandRecord } from '../../cli/command.ts';
import type { Process, Program } from '../../process.ts';
import { findPage, type Manual } from './manual.ts';

/** `help`: what there is; `help X`: one command's page. */
export function helpProgram(manual: Manual): Program {
  return function* (process: Process): Task<number> {
    const words = process.argv.slice(1);
    if (words.length === 0) {
      yield* process.stdout.write(overview(manual));
      return 0;
    }
    const page = findPage(manual, words);
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
    const page = findPage(manual, words);
    if (page !== null) yield* process.stdout.write(page);
    else yield* process.stderr.write(`No manual entry for ${words.join(' ')}\n`);
    return page === null ? 16 : 0;
  };
}

function overview({ commands, tools, builtins }: Manual): string {
  const groups = new Map<string, CommandRecord[]>();
  for (const command of commands) groups.set(command.tool, [...(groups.get(command.tool) ?? []), command]);
  const ceph = [...groups]
    .map(([tool, records]) => `  ${tool.padEnd(10)} ${records.length} commands: man ${tool}\n`)
    .join('');
  const list = (items: readonly { name: string; summary: string }[]): string =>
    items.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}\n`).join('');
  return [
    "A Ceph cluster that lives in this page, and a small shell. 'man X' tells more of any command.\n",
    `\nCeph\n${ceph}`,
    `\nFiles and text\n${list(tools)}`,
    `\nThe shell\n${list(builtins)}`,
    '\nPipes, redirections, quotes, variables, $( ), globs, for, while and if work as in bash.\n',
  ].join('');
}
