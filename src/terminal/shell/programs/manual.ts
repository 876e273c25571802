import type { CommandRecord, OptionRecord, PositionalRecord } from '../../cli/command.ts';

/** Everything that `help` and `man` are made from. */
export interface Manual {
  readonly commands: readonly CommandRecord[];
  readonly tools: readonly ToolPage[];
  readonly builtins: readonly ToolPage[];
}

interface ToolPage {
  readonly name: string;
  readonly synopsis: string;
  readonly summary: string;
}

/** The page of `rbd`, of `rbd snap create` (also written `rbd-snap-create`), or of `dd`; null where there is none. */
export function findPage(manual: Manual, words: readonly string[]): string | null {
  const [name = '', ...rest] =
    words.length === 1 && !isTool(manual, words[0] ?? '') ? (words[0] ?? '').split('-') : words;
  const page = [...manual.tools, ...manual.builtins].find((tool) => tool.name === name);
  if (page !== undefined) return `NAME\n    ${page.name} - ${page.summary}\n\nSYNOPSIS\n    ${page.synopsis}\n`;
  const commands = manual.commands.filter(({ tool }) => tool === name);
  if (commands.length === 0) return null;
  const command = commands.find(({ words: own, aliases = [] }) => [own, ...aliases].some((each) => same(each, rest)));
  if (command !== undefined && rest.length > 0) return commandPage(command);
  const group = commands.filter(({ words: own }) => rest.every((word, index) => own[index] === word));
  return group.length === 0 ? null : groupPage([name, ...rest].join(' '), group);
}

function isTool({ commands }: Manual, name: string): boolean {
  return commands.some(({ tool }) => tool === name);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}

function groupPage(name: string, commands: readonly CommandRecord[]): string {
  const rows = commands.map((command) => [[command.tool, ...command.words].join(' '), command.summary] as const);
  const width = Math.min(44, Math.max(...rows.map(([call]) => call.length)));
  return `NAME\n    ${name}\n\nCOMMANDS\n${rows.map(([call, summary]) => `    ${call.padEnd(width)}  ${summary}\n`).join('')}`;
}

function commandPage(command: CommandRecord): string {
  const call = [command.tool, ...command.words].join(' ');
  const aliases = (command.aliases ?? []).map((words) => [command.tool, ...words].join(' '));
  const visible = command.options.filter(({ hidden }) => hidden !== true);
  return [
    `NAME\n    ${call} - ${command.summary}\n`,
    `\nSYNOPSIS\n    ${[call, ...command.positionals.map(positionalText), visible.length > 0 ? '[OPTIONS]' : ''].join(' ').trimEnd()}\n`,
    aliases.length > 0 ? `\nALSO CALLED\n    ${aliases.join(', ')}\n` : '',
    command.description === undefined ? '' : `\nDESCRIPTION\n    ${command.description.replaceAll('\n', '\n    ')}\n`,
    argumentsText(command.positionals),
    visible.length > 0 ? `\nOPTIONS\n${visible.map(optionText).join('')}` : '',
  ].join('');
}

function positionalText({ name, optional, repeat }: PositionalRecord): string {
  const text = `<${name}>${repeat === true ? '...' : ''}`;
  return optional === true ? `[${text}]` : text;
}

function argumentsText(positionals: readonly PositionalRecord[]): string {
  const told = positionals.filter(({ summary }) => summary !== undefined && summary !== '');
  if (told.length === 0) return '';
  return `\nARGUMENTS\n${told.map(({ name, summary = '' }) => `    ${`<${name}>`.padEnd(24)} ${summary}\n`).join('')}`;
}

function optionText({ long, short, type, summary }: OptionRecord): string {
  const names = `${short === undefined ? '' : `-${short}, `}--${long}${type === undefined ? '' : ` <${type.replace('enum:', '')}>`}`;
  return `    ${names.padEnd(24)} ${summary}\n`;
}
