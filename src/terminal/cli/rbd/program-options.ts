import type { CommandRecord, OptionRecord, ParsedArgs } from '../command.ts';
import { RbdError } from './rbd-error.ts';

/** Options that every command takes and that change nothing here: where the real cluster's configuration is. */
const GLOBAL: readonly OptionRecord[] = [
  { long: 'conf', short: 'c', type: 'file', summary: 'Configuration file', hidden: true },
  { long: 'cluster', type: 'string', summary: 'Cluster name', hidden: true },
  { long: 'id', type: 'string', summary: 'Client id', hidden: true },
  { long: 'user', type: 'string', summary: 'Client id', hidden: true },
  { long: 'name', short: 'n', type: 'string', summary: 'Client name', hidden: true },
  { long: 'mon_host', short: 'm', type: 'string', summary: 'Monitor', hidden: true },
  { long: 'secret', type: 'string', summary: 'Secret key', hidden: true },
  { long: 'keyfile', short: 'K', type: 'file', summary: 'Key file', hidden: true },
  { long: 'keyring', short: 'k', type: 'file', summary: 'Keyring', hidden: true },
];

/**
 * The words of a command line that may name the command: what is no option and no option's value.
 * @ceph src/tools/rbd/Shell.cc get_command_spec — exact
 */
export function commandWords(args: readonly string[], switches: ReadonlySet<string>): string[] {
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') break;
    if (!arg.startsWith('-') || arg === '-') words.push(arg);
    else if (!arg.includes('=') && !switches.has(arg.replace(/^--?/, ''))) i++;
  }
  return words;
}

/**
 * Parses what stands after `rbd` for one command, as boost's program_options does: unknown options and too many
 * arguments end the tool with exit code 1.
 */
export function parseArgs(command: CommandRecord, wordCount: number, args: readonly string[]): ParsedArgs {
  const known = [...command.options, ...GLOBAL];
  const options = new Map<string, string[]>();
  const positionals: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      positionals.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      positionals.push(arg);
      continue;
    }
    const { option, inline } = findOption(known, arg);
    const value = option.type === undefined ? '' : (inline ?? args[++i]);
    if (value === undefined) throw new RbdError(`the required argument for option '--${option.long}' is missing`, 1);
    options.set(option.long, [...(options.get(option.long) ?? []), value]);
  }
  const own = positionals.slice(wordCount);
  const open = command.positionals.some(({ repeat }) => repeat === true);
  if (!open && own.length > command.positionals.length) throw new RbdError('too many arguments', 1);
  return { positionals: own, options };
}

function findOption(known: readonly OptionRecord[], arg: string): { option: OptionRecord; inline: string | undefined } {
  if (arg.startsWith('--')) {
    const [name = '', ...rest] = arg.slice(2).split('=');
    const option = known.find(({ long }) => long === name);
    if (option === undefined) throw new RbdError(`unrecognised option '--${name}'`, 1);
    return { option, inline: rest.length > 0 ? rest.join('=') : undefined };
  }
  const option = known.find(({ short }) => short === arg[1]);
  if (option === undefined) throw new RbdError(`unrecognised option '${arg.slice(0, 2)}'`, 1);
  return { option, inline: arg.length > 2 ? arg.slice(2) : undefined };
}
