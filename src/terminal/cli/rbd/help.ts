import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import type { CommandRecord, OptionRecord, PositionalRecord } from '../command.ts';
import { type Explain, explainFor, inEnglish } from '../explain/explain.ts';
import { columnsOf, wrapColumns } from '../explain/wide-text.ts';
import { findCommand, rbdCommandList } from './find-command.ts';
import { indentText } from './indent-text.ts';
import { GLOBAL_OPTIONS } from './program-options.ts';

const LINE_WIDTH = 80;
const LEAST_NAMES = 20;
const MOST_OFFSET = 37;

/** What the tool is for. */
export const ABOUT = 'Block device images on RADOS.';

/**
 * The list of commands: names and aliases as the real tool has them, explained in our own words.
 * @ceph src/tools/rbd/Shell.cc print_help — exact in its form
 */
function usage(say: Explain): string {
  const shown = rbdCommandList.filter(({ hidden }) => hidden !== true).sort((a, b) => compareWords(a.words, b.words));
  const width = columnOf(4, shown.map(commandNames));
  const rows = shown.map((command) => entry(`    ${commandNames(command)}`, say(command.summary), width)).join('');
  const options = optionEntries(GLOBAL_OPTIONS, width, say);
  return `usage: rbd <command> ...\n\n${say(ABOUT)}\n\nPositional arguments:\n  <command>\n${rows}\nOptional arguments:\n${options}\nSee 'rbd help <command>' for help on a specific command.\n`;
}

/** `rbd help COMMAND`: exit code 1 where there is no such command. */
export function* helpFor(process: Process, words: readonly string[]): Task<number> {
  const found = words.length === 0 ? undefined : findCommand(words);
  if (words.length > 0 && found === undefined) return yield* unknownCommand(process, words);
  const say = explainFor(process.env);
  const text = found === undefined ? usage(say) : commandHelp(found.command, words.slice(0, found.wordCount), say);
  yield* process.stdout.write(text);
  return 0;
}

/** Words that name no command: the usage, and exit code 1. */
export function* unknownCommand(process: Process, words: readonly string[]): Task<number> {
  yield* process.stdout.write(usage(explainFor(process.env)));
  yield* process.stderr.write(`error: unknown option '${words.join(' ')}'\n\n`);
  return 1;
}

/**
 * Usage line, positionals and options of one command, under the name that it was asked for by.
 * @ceph src/tools/rbd/Shell.cc print_action_help, src/tools/rbd/OptionPrinter.cc — exact in its form
 */
export function commandHelp(
  command: CommandRecord,
  name: readonly string[] = command.words,
  say: Explain = inEnglish,
): string {
  const { positionals, options } = command;
  const names = [...positionals.map((each) => each.name), ...options.map(optionNames)];
  const width = columnOf(2, names);
  const positionalEntries = positionals
    .map((each) => entry(`  <${each.name}>`, say(each.summary ?? ''), width))
    .join('');
  return [
    usageBlock(command, name),
    `\n${say(command.summary)}\n\n`,
    positionalEntries === '' ? '' : `Positional arguments\n${positionalEntries}\n`,
    options.length === 0 ? '' : `Optional arguments\n${optionEntries(options, width, say)}\n`,
    command.description === undefined ? '' : `${say(command.description)}\n`,
  ].join('');
}

/** @ceph src/tools/rbd/OptionPrinter.cc print_short — exact */
export function usageBlock({ positionals, options }: CommandRecord, name: readonly string[]): string {
  const head = `usage: rbd ${name.join(' ')}`;
  const optionWords = options.filter(({ unlisted }) => unlisted !== true).map(optionText);
  const positionalWords = positionals.map(positionalText);
  const widest = Math.max(0, ...[...optionWords, ...positionalWords].map((word) => word.length));
  const indent = Math.min(Math.min(head.length, MOST_OFFSET) + 1, LINE_WIDTH - widest - 2);
  const line = (words: readonly string[]): string => `${words.map((word) => `${word} `).join('')}\n`;
  if (positionals.length === 0) return head + indentText(line(optionWords), indent, head.length, '[');
  if (options.length === 0) return head + indentText(line(positionalWords), indent, head.length);
  return head + indentText(line(optionWords), indent, head.length, '[') + indentText(line(positionalWords), indent, 0);
}

/** How an option stands in the list of options. */
export function optionNames({ long, short, type, valueName = 'arg' }: OptionRecord): string {
  return `${short === undefined ? '' : `-${short} [ `}--${long}${short === undefined ? '' : ' ]'}${type === undefined ? '' : ` ${valueName}`}`;
}

function commandNames({ words, aliases = [] }: CommandRecord): string {
  const [alias] = aliases;
  if (alias === undefined) return words.join(' ');
  const shared = alias.findIndex((word, at) => word !== words[at]);
  return `${words.join(' ')} (${shared < 2 ? alias.join(' ') : `... ${alias.slice(shared).join(' ')}`})`;
}

function optionText({ long, type, required }: OptionRecord): string {
  const text = `--${long}${type === undefined ? '' : ` <${long}>`}`;
  return required === true ? text : `[${text}]`;
}

function positionalText({ name, repeat, bracketed }: PositionalRecord): string {
  const text = `<${name}>${repeat === true ? ` [<${name}> ...]` : ''}`;
  return bracketed === true ? `[${text}]` : text;
}

function optionEntries(options: readonly OptionRecord[], width: number, say: Explain): string {
  return options
    .filter(({ hidden }) => hidden !== true)
    .map((each) => entry(`  ${optionNames(each)}`, say(each.summary), width))
    .join('');
}

/** Where the explanations of names begin that stand `indent` blanks in. */
function columnOf(indent: number, names: readonly string[]): number {
  return Math.min(Math.max(LEAST_NAMES, ...names.map((name) => name.length)) + indent, MOST_OFFSET) + 1;
}

function entry(left: string, text: string, width: number): string {
  if (columnsOf(text) === text.length) return left + indentText(`${text}\n`, width, left.length);
  const margin = `\n${' '.repeat(width)}`;
  const begun = left.length < width ? left.padEnd(width) : left + margin;
  return `${begun}${wrapColumns(text, LINE_WIDTH - width).join(margin)}\n`;
}

function compareWords(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((word, index) => word !== b[index]);
  if (at < 0) return a.length - b.length;
  const other = b[at];
  return other === undefined || (a[at] ?? '') > other ? 1 : -1;
}
