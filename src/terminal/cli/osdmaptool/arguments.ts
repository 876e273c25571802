import { type FoundOption, findOption, readNumber } from '../args/argparse.ts';
import { type OptionName, type OptionSpec, OSDMAPTOOL_OPTIONS } from './options.ts';
import { Settings } from './settings.ts';
import { ToolError } from './tool-error.ts';

// The keys of the table are the names.
const OPTIONS = Object.entries(OSDMAPTOOL_OPTIONS) as [OptionName, OptionSpec][];

/** What a command line asks for. */
export interface Request {
  /** Texts given, by option, in order; a flag that is on has `['']`. */
  readonly texts: ReadonlyMap<OptionName, readonly string[]>;
  readonly numbers: ReadonlyMap<OptionName, number>;
  /** The file that commands are written to: the one named last, by whichever option; `-` is standard output. */
  readonly commandFile: string;
  /** What is left: names of map files. */
  readonly rest: readonly string[];
  readonly settings: Settings;
}

/** State while the line is read: `problem` is what a lax option found wrong, told by the next option that looks. */
interface Reading {
  readonly words: string[];
  readonly texts: Map<OptionName, string[]>;
  readonly numbers: Map<OptionName, number>;
  problem: string;
  commandFile: string;
}

/**
 * Reads a command line as Ceph's tools do: an option is looked for at every word, and words that are none are left.
 *
 * @ceph src/common/ceph_argparse.cc ceph_argparse_flag, ceph_argparse_witharg — exact
 */
export function readArguments(given: readonly string[]): Request {
  const settings = new Settings();
  const reading: Reading = {
    words: settings.take(given),
    texts: new Map(),
    numbers: new Map(),
    problem: '',
    commandFile: '-',
  };
  const rest: string[] = [];
  for (let word = reading.words.shift(); word !== undefined; word = reading.words.shift()) {
    if (word === '--') {
      rest.push(...reading.words);
      break;
    }
    const found = findOption(OPTIONS, word);
    if (found === undefined) rest.push(word);
    else readOption(reading, word, found);
  }
  const { texts, numbers, commandFile } = reading;
  return { texts, numbers, commandFile, rest, settings };
}

export function has(request: Request, ...names: OptionName[]): boolean {
  return names.some((name) => request.texts.has(name));
}

/** The last text given for an option; empty where there is none. */
export function textOf(request: Request, name: OptionName): string {
  return request.texts.get(name)?.at(-1) ?? '';
}

export function numberOf(request: Request, name: OptionName, otherwise: number): number {
  return request.numbers.get(name) ?? otherwise;
}

function readOption(
  reading: Reading,
  word: string,
  { name, spec, attached }: FoundOption<OptionName, OptionSpec>,
): void {
  const value = spec.kind === 'flag' ? '' : (attached ?? reading.words.shift());
  if (value === undefined) {
    const missing = `Option ${word} requires an argument.\n`;
    if (spec.kind === 'text') throw new ToolError(missing);
    reading.problem += missing;
  }
  if (value !== undefined && (spec.kind === 'int' || spec.kind === 'lax-int')) {
    const { value: number, problem } = readNumber(value, 'int');
    reading.problem += problem;
    reading.numbers.set(name, number);
  }
  if (spec.kind === 'int' && reading.problem !== '') throw new ToolError(`${reading.problem}\n`);
  if (name === 'upmap' || name === 'upmapCleanup' || name === 'read') reading.commandFile = value ?? '';
  reading.texts.set(name, [...(reading.texts.get(name) ?? []), value ?? '']);
}
