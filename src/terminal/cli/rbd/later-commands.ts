import { ERRNO } from '../../../engine/base/errno.ts';
import type { CommandRecord, OptionRecord, PositionalRecord } from '../command.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

/**
 * Commands that the real tool has and this product does not have yet: with their usage, and a body that says so.
 * Name and alias; what it does; positionals (`?` in brackets, `*` repeated); options (`!` required, `~` deprecated,
 * `p:` its letter, `=` with a value).
 */
const TABLE: readonly (readonly [name: string, summary: string, positionals: string, options: string])[] = [];

/** What options are for that do not explain themselves. */
const SUMMARIES: ReadonlyMap<string, string> = new Map([
  ['pool', 'Pool of the image'],
  ['namespace', 'Namespace in that pool'],
  ['image', 'Name of the image'],
  ['snap', 'Name of the snapshot'],
  ['image-id', 'Id of the image, instead of its name'],
  ['format', 'Form of the output'],
  ['pretty-format', 'Indents JSON and XML'],
  ['no-progress', 'Prints no progress line'],
]);

/** As records like the others: help and the parser know them. */
export const LATER_COMMANDS: readonly CommandRecord[] = TABLE.map(([names, summary, positionals, options]) => {
  const [words = [], ...aliases] = names.split(' | ').map((name) => name.split(' '));
  return {
    tool: 'rbd',
    words,
    aliases,
    summary: `${summary} Not there yet.`,
    positionals: wordsOf(positionals).map(positionalOf),
    options: wordsOf(options).map(optionOf),
    *run(process, args) {
      refuseUsage(new RbdRun(process, args), words.join(' '), positionals);
      yield* process.stderr.write(`rbd: '${words.join(' ')}' is not there yet in Radoscope\n`);
      return EXIT_NOT_YET;
    },
  };
});

/** What the real tool says where these have too few words. */
const MISSING: Readonly<Record<string, string>> = {
  'mirror pool enable': 'mirror mode was not specified',
  'mirror pool peer add': 'remote cluster was not specified',
  'mirror pool peer remove': 'must specify peer uuid',
};

/** Wrong usage is told as the real tool tells it, before that a command is not there. */
function refuseUsage(run: RbdRun, name: string, positionals: string): void {
  if (positionals.startsWith('image-spec')) run.specs.image();
  const missing = MISSING[name];
  if (missing !== undefined && run.args.positionals.length < 2) throw new RbdError(missing, ERRNO.EINVAL);
}

function wordsOf(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

function positionalOf(text: string): PositionalRecord {
  const name = text.replace(/^\?|\*$/g, '');
  return { name, type: 'string', optional: true, bracketed: text.startsWith('?'), repeat: text.endsWith('*') };
}

function optionOf(text: string): OptionRecord {
  const [, marks = '', short, long = '', value] = /^([!~]*)(?:(\w):)?([\w-]+)(=)?$/.exec(text) ?? [];
  return {
    long,
    ...(short === undefined ? {} : { short }),
    ...(value === undefined ? {} : { type: 'string' }),
    required: marks.includes('!'),
    hidden: marks.includes('~'),
    summary: SUMMARIES.get(long) ?? long.replaceAll('-', ' '),
  };
}
