import type { CommandRecord, OptionRecord, PositionalRecord } from '../../cli/command.ts';
import type { Explain } from '../../cli/explain/explain.ts';

/** Headings of a page. */
export const MANUAL_WORDS = ['NAME', 'COMMANDS', 'SYNOPSIS', 'ALSO CALLED', 'DESCRIPTION', 'ARGUMENTS', 'OPTIONS'];

/** Everything that `help` and `man` are made from. */
export interface Manual {
  readonly commands: readonly CommandRecord[];
  readonly tools: readonly ToolPage[];
  readonly builtins: readonly ToolPage[];
}

export interface ToolPage {
  readonly name: string;
  readonly synopsis: string;
  readonly summary: string;
}

/** The page of `rbd`, of `rbd snap create` (also written `rbd-snap-create`), or of `dd`; null where there is none. */
export function findPage(manual: Manual, words: readonly string[], say: Explain): string | null {
  const [name = '', ...rest] =
    words.length === 1 && !isTool(manual, words[0] ?? '') ? (words[0] ?? '').split('-') : words;
  const page = [...manual.tools, ...manual.builtins].find((tool) => tool.name === name);
  if (page !== undefined) return toolPage(page, say);
  const commands = manual.commands.filter(({ tool }) => tool === name);
  if (commands.length === 0) return null;
  const command = commands.find(({ words: own, aliases = [] }) => [own, ...aliases].some((each) => same(each, rest)));
  if (command !== undefined && rest.length > 0) return commandPage(command, say);
  const group = commands.filter(({ words: own }) => rest.every((word, index) => own[index] === word));
  return group.length === 0 ? null : groupPage([name, ...rest].join(' '), group, say);
}

function toolPage({ name, synopsis, summary }: ToolPage, say: Explain): string {
  return `${say('NAME')}\n    ${name} - ${say(summary)}\n\n${say('SYNOPSIS')}\n    ${synopsis}\n`;
}

function isTool({ commands }: Manual, name: string): boolean {
  return commands.some(({ tool }) => tool === name);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}

function groupPage(name: string, commands: readonly CommandRecord[], say: Explain): string {
  const rows = commands.map((command) => [[command.tool, ...command.words].join(' '), say(command.summary)] as const);
  const width = Math.min(44, Math.max(...rows.map(([call]) => call.length)));
  return `${say('NAME')}\n    ${name}\n\n${say('COMMANDS')}\n${rows.map(([call, summary]) => `    ${call.padEnd(width)}  ${summary}\n`).join('')}`;
}

function commandPage(command: CommandRecord, say: Explain): string {
  const call = [command.tool, ...command.words].join(' ');
  const aliases = (command.aliases ?? []).map((words) => [command.tool, ...words].join(' '));
  const visible = command.options.filter(({ hidden }) => hidden !== true);
  return [
    `${say('NAME')}\n    ${call} - ${say(command.summary)}\n`,
    `\n${say('SYNOPSIS')}\n    ${[call, ...command.positionals.map(positionalText), visible.length > 0 ? '[OPTIONS]' : ''].join(' ').trimEnd()}\n`,
    aliases.length > 0 ? `\n${say('ALSO CALLED')}\n    ${aliases.join(', ')}\n` : '',
    command.description === undefined
      ? ''
      : `\n${say('DESCRIPTION')}\n    ${say(command.description).replaceAll('\n', '\n    ')}\n`,
    argumentsText(command.positionals, say),
    visible.length > 0 ? `\n${say('OPTIONS')}\n${visible.map((option) => optionText(option, say)).join('')}` : '',
  ].join('');
}

function positionalText({ name, optional, repeat }: PositionalRecord): string {
  const text = `<${name}>${repeat === true ? '...' : ''}`;
  return optional === true ? `[${text}]` : text;
}

function argumentsText(positionals: readonly PositionalRecord[], say: Explain): string {
  const told = positionals.filter(({ summary }) => summary !== undefined && summary !== '');
  if (told.length === 0) return '';
  const lines = told.map(({ name, summary = '' }) => `    ${`<${name}>`.padEnd(24)} ${say(summary)}\n`);
  return `\n${say('ARGUMENTS')}\n${lines.join('')}`;
}

function optionText({ long, short, type, summary }: OptionRecord, say: Explain): string {
  const names = `${short === undefined ? '' : `-${short}, `}--${long}${type === undefined ? '' : ` <${type.replace('enum:', '')}>`}`;
  return `    ${names.padEnd(24)} ${say(summary)}\n`;
}
