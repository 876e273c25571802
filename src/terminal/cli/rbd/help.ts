import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import type { CommandRecord, OptionRecord, PositionalRecord } from '../command.ts';
import { rbdCommands } from './commands.ts';
import { NOT_YET } from './not-yet.ts';

const NAME_WIDTH = 34;
const LINE_WIDTH = 80;

/** The list of commands: names and aliases as the real tool has them, explained in our own words. */
export function usage(): string {
  const rows = rbdCommands
    .filter(({ hidden }) => hidden !== true)
    .map((command) => entry(`    ${commandNames(command)}`, command.summary))
    .sort()
    .join('');
  const later = entry('  Not there yet:', notYetGroups().join(', '));
  return `usage: rbd <command> ...\n\nBlock device images on RADOS.\n\nPositional arguments:\n  <command>\n${rows}\n${later}\nSee 'rbd help <command>' for help on a specific command.\n`;
}

/** What is not there yet, by first words; in full where commands that are there begin with the same word. */
function notYetGroups(): string[] {
  const there = new Set(rbdCommands.map(({ words: [first] }) => first));
  const names = NOT_YET.map((words) =>
    words.slice(0, there.has(words[0] ?? '') ? Math.max(2, words.length - 1) : 1).join(' '),
  );
  return [...new Set(names)];
}

/** `rbd help COMMAND`: exit code 1 where there is no such command. */
export function* helpFor(process: Process, words: readonly string[]): Task<number> {
  if (words.length === 0) {
    yield* process.stdout.write(usage());
    return 0;
  }
  const command = rbdCommands.find((each) =>
    [each.words, ...(each.aliases ?? [])].some((names) => names.join(' ') === words.join(' ')),
  );
  if (command === undefined) {
    yield* process.stdout.write(usage());
    yield* process.stderr.write(`error: unknown option '${words.join(' ')}'\n\n`);
    return 1;
  }
  yield* process.stdout.write(commandHelp(command));
  return 0;
}

/** Usage line, positionals and options of one command. */
export function commandHelp(command: CommandRecord): string {
  const shown = command.options.filter(({ hidden }) => hidden !== true);
  const positionals = command.positionals.map((each) => entry(`  <${each.name}>`, each.summary ?? '')).join('');
  const options = shown.map((each) => entry(`  ${optionNames(each)}`, each.summary)).join('');
  const parts = [
    usageLine(command, shown),
    `\n${command.summary}\n`,
    command.description === undefined ? '' : `\n${command.description}\n`,
    positionals === '' ? '' : `\nPositional arguments\n${positionals}`,
    options === '' ? '' : `\nOptional arguments\n${options}`,
  ];
  return parts.join('');
}

function commandNames(command: CommandRecord): string {
  const [alias] = command.aliases ?? [];
  return command.words.join(' ') + (alias === undefined ? '' : ` (${alias.join(' ')})`);
}

function optionNames({ long, short, type }: OptionRecord): string {
  return `${short === undefined ? '' : `-${short} [ `}--${long}${short === undefined ? '' : ' ]'}${type === undefined ? '' : ' arg'}`;
}

function usageLine(command: CommandRecord, options: readonly OptionRecord[]): string {
  const prefix = `usage: rbd ${command.words.join(' ')} `;
  const words = [
    ...options.map(({ long, type }) => `[--${long}${type === undefined ? '' : ` <${long}>`}]`),
    ...command.positionals.map(positionalText),
  ];
  const lines = [prefix];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 1 > LINE_WIDTH) lines.push(' '.repeat(prefix.length) + word);
    else lines[lines.length - 1] = `${last}${last.endsWith(' ') ? '' : ' '}${word}`;
  }
  return `${lines.join('\n')}\n`;
}

function positionalText({ name, repeat }: PositionalRecord): string {
  return `<${name}>${repeat === true ? ' [...]' : ''}`;
}

function entry(left: string, text: string): string {
  const indent = ' '.repeat(NAME_WIDTH + 4);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > LINE_WIDTH - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  const head = left.length >= indent.length ? `${left}\n${indent}` : left.padEnd(indent.length);
  return `${head}${lines.join(`\n${indent}`)}\n`.replace(/ +\n/g, '\n');
}
