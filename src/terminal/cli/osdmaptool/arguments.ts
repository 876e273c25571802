import { type OptionName, type OptionSpec, OSDMAPTOOL_OPTIONS } from './options.ts';
import { Settings } from './settings.ts';
import { ToolError } from './tool-error.ts';

/** What a command line asks for. */
export interface Request {
  /** Texts given, by option, in order; a flag that is on has `['']`. */
  readonly texts: ReadonlyMap<OptionName, readonly string[]>;
  readonly numbers: ReadonlyMap<OptionName, number>;
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
}

/**
 * Reads a command line as Ceph's tools do: an option is looked for at every word, and words that are none are left.
 *
 * @ceph src/common/ceph_argparse.cc ceph_argparse_flag, ceph_argparse_witharg — exact
 */
export function readArguments(given: readonly string[]): Request {
  const settings = new Settings();
  const reading: Reading = { words: settings.take(given), texts: new Map(), numbers: new Map(), problem: '' };
  const rest: string[] = [];
  for (let word = reading.words.shift(); word !== undefined; word = reading.words.shift()) {
    if (word === '--') {
      rest.push(...reading.words);
      break;
    }
    const found = findOption(word);
    if (found === undefined) rest.push(word);
    else readOption(reading, word, found);
  }
  return { texts: reading.texts, numbers: reading.numbers, rest, settings };
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

interface Found {
  readonly name: OptionName;
  readonly spec: OptionSpec;
  /** The value after `=`. */
  readonly attached: string | undefined;
}

function findOption(word: string): Found | undefined {
  const equals = word.indexOf('=', 2);
  const plain = underscored(equals < 0 ? word : word.slice(0, equals));
  const attached = equals < 0 ? undefined : word.slice(equals + 1);
  for (const [name, spec] of Object.entries<OptionSpec>(OSDMAPTOOL_OPTIONS)) {
    if (!spec.names.some((each) => underscored(each) === plain)) continue;
    // The keys of the table are the names.
    if (spec.kind !== 'flag' || attached === undefined) return { name: name as OptionName, spec, attached };
  }
  return undefined;
}

/** Option names with dashes and with underscores are the same, but for the dashes before them. */
export function underscored(name: string): string {
  return name.slice(0, 2) + name.slice(2).replaceAll('-', '_');
}

function readOption(reading: Reading, word: string, { name, spec, attached }: Found): void {
  const value = spec.kind === 'flag' ? '' : (attached ?? reading.words.shift());
  if (value === undefined) {
    const missing = `Option ${word} requires an argument.\n`;
    if (spec.kind === 'text') throw new ToolError(missing);
    reading.problem += missing;
  }
  if (value !== undefined && (spec.kind === 'int' || spec.kind === 'lax-int')) {
    reading.numbers.set(name, readNumber(reading, value));
  }
  if (spec.kind === 'int' && reading.problem !== '') throw new ToolError(`${reading.problem}\n`);
  reading.texts.set(name, [...(reading.texts.get(name) ?? []), value ?? '']);
}

const INT_MAX = 0x7fff_ffff;

/** A number, 1 where it is none. What is wrong is noted. */
function readNumber(reading: Reading, text: string): number {
  const numeric = /^-?[0-9]*\.?[0-9]*$/.test(text) && text !== '-';
  if (text.startsWith('--') || (!numeric && text.startsWith('-'))) reading.problem += 'Missing option value';
  else if (!numeric) reading.problem += `The option value '${text}' is invalid`;
  else if (!/^-?[0-9]+$/.test(text)) reading.problem += `Expected option value to be integer, got '${text}'`;
  else if (Number(text) > INT_MAX || Number(text) < -INT_MAX - 1)
    reading.problem += `The option value '${text}' seems to be invalid`;
  else return Number(text);
  return 1;
}
