import { type FoundOption, findOption, readNumber } from '../args/argparse.ts';
import { CRUSHTOOL_OPTIONS, type OptionName, type OptionSpec } from './options.ts';

// The keys of the table are the names.
const OPTIONS = Object.entries(CRUSHTOOL_OPTIONS) as [OptionName, OptionSpec][];

/** One option as it was given. Numbers are read; a lax one that is wrong is 1. */
export interface GivenOption {
  readonly name: OptionName;
  readonly values: readonly string[];
  readonly number: number;
}

/** A command line: options in order and what is left; or why it is no good. */
export type Arguments =
  | { readonly options: readonly GivenOption[]; readonly rest: readonly string[] }
  | { readonly error: string };

/** State while the line is read: `problem` is what a lax option found wrong, told by the next option that looks. */
interface Reading {
  readonly words: string[];
  readonly options: GivenOption[];
  problem: string;
}

/**
 * Reads a command line as Ceph's tools do: an option is looked for at every word, and words that are none are left.
 *
 * @ceph src/common/ceph_argparse.cc ceph_argparse_flag, ceph_argparse_witharg — exact
 */
export function readArguments(words: readonly string[]): Arguments {
  const reading: Reading = { words: [...words], options: [], problem: '' };
  const rest: string[] = [];
  for (let word = reading.words.shift(); word !== undefined; word = reading.words.shift()) {
    if (word === '--') return { options: reading.options, rest: [...rest, ...reading.words] };
    const found = findOption(OPTIONS, word);
    if (found === undefined) rest.push(word);
    else {
      const error = readOption(reading, word, found);
      if (error !== undefined) return { error };
    }
  }
  return { options: reading.options, rest };
}

/** Reads one option's values; gives what is printed where they are no good. */
function readOption(
  reading: Reading,
  word: string,
  { name, spec, attached }: FoundOption<OptionName, OptionSpec>,
): string | undefined {
  const values: string[] = [];
  if (spec.kind !== 'flag') {
    const value = attached ?? reading.words.shift();
    if (value === undefined) {
      const missing = `Option ${word} requires an argument.\n`;
      if (spec.kind === 'text') return missing;
      reading.problem += missing;
    } else values.push(value);
  }
  const number = numberOf(reading, spec, values[0]);
  if (spec.kind !== 'lax-int' && spec.kind !== 'text' && spec.kind !== 'flag' && reading.problem !== '')
    return `${reading.problem}\n`;
  for (let left = spec.more ?? 0; left > 0; left--) {
    const value = reading.words.shift();
    if (value === undefined) return `${spec.missing ?? `expecting additional argument to ${spec.names[0]}`}\n`;
    values.push(value);
  }
  if (spec.wantsNext === true && reading.words.length === 0) return `${spec.missing}\n`;
  if (spec.kind !== 'lax-int' || values.length > 0) reading.options.push({ name, values, number });
  else reading.options.push({ name, values, number: -1 });
  return undefined;
}

/** A number, 1 where it is none. What is wrong is noted. */
function numberOf(reading: Reading, { kind }: OptionSpec, text: string | undefined): number {
  if (text === undefined || kind === 'flag' || kind === 'text' || kind === 'name') return 0;
  const { value, problem } = readNumber(text, kind === 'float' ? 'float' : 'int');
  reading.problem += problem;
  return value;
}
