import type { CommandRecord, OptionRecord, ParsedArgs } from '../command.ts';
import { RbdError } from './rbd-error.ts';

/** Options that every command takes and that change nothing here: where the real cluster's configuration is. */
export const GLOBAL_OPTIONS: readonly OptionRecord[] = [
  { long: 'conf', short: 'c', type: 'file', summary: 'Configuration file: of no effect here' },
  { long: 'cluster', type: 'string', summary: 'Cluster name: of no effect here' },
  { long: 'id', type: 'string', summary: 'Client id: of no effect here' },
  { long: 'user', type: 'string', summary: 'Client id', hidden: true, repeat: true },
  { long: 'name', short: 'n', type: 'string', summary: 'Client name: of no effect here' },
  { long: 'mon_host', short: 'm', type: 'string', summary: 'Monitor: of no effect here' },
  { long: 'mon-host', type: 'string', summary: 'Monitor', hidden: true },
  { long: 'secret', type: 'string', summary: 'Secret key', hidden: true },
  { long: 'keyfile', short: 'K', type: 'file', summary: 'Key file: of no effect here' },
  { long: 'keyring', short: 'k', type: 'file', summary: 'Keyring: of no effect here' },
];

/**
 * The words of a command line that may name the command: what is no option and no option's value; `help` alone where
 * that is asked for by an option. Behind `--` all are such words.
 * @ceph src/tools/rbd/Shell.cc get_command_spec — exact
 */
export function commandWords(args: readonly string[], switches: ReadonlySet<string>): string[] {
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-h' || arg === '--help') return ['help'];
    if (arg === '--') return [...words, ...args.slice(i + 1)];
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
  const known = [...command.options, ...GLOBAL_OPTIONS];
  const options = new Map<string, readonly string[]>();
  const positionals: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      positionals.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') positionals.push(arg);
    else {
      const found = findOption(known, arg);
      addOption(options, found.option, optionText(found, args[i + 1]));
      if (found.option.type !== undefined && found.inline === undefined) i++;
    }
  }
  const own = positionals.slice(wordCount);
  const open = command.positionals.some(({ repeat }) => repeat === true);
  if (!open && own.length > command.positionals.length) refuse('too many arguments');
  return { positionals: own, options };
}

interface FoundOption {
  readonly option: OptionRecord;
  /** The value that was said together with the option. */
  readonly inline: string | undefined;
}

function findOption(known: readonly OptionRecord[], arg: string): FoundOption {
  if (arg.startsWith('--')) {
    const [name = '', ...rest] = arg.slice(2).split('=');
    const option = known.find(({ long }) => long === name) ?? refuse(`unrecognised option '${arg}'`);
    return { option, inline: rest.length > 0 ? rest.join('=') : undefined };
  }
  const option = known.find(({ short }) => short === arg[1]) ?? refuse(`unrecognised option '${arg.slice(0, 2)}'`);
  return { option, inline: arg.length > 2 ? arg.slice(2) : undefined };
}

function optionText({ option, inline }: FoundOption, next: string | undefined): string {
  const name = `option '--${option.long}'`;
  if (option.type === undefined) return inline === undefined ? '' : refuse(`${name} does not take any arguments`);
  if (inline === '') refuse(`the argument for ${name} should follow immediately after the equal sign`);
  return inline ?? next ?? refuse(`the required argument for ${name} is missing`);
}

function addOption(options: Map<string, readonly string[]>, { long, repeat }: OptionRecord, value: string): void {
  const before = options.get(long) ?? [];
  if (before.length > 0 && repeat !== true) refuse(`option '--${long}' cannot be specified more than once`);
  options.set(long, [...before, value]);
}

function refuse(message: string): never {
  throw new RbdError(message, 1);
}
