import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';

/** Options of a coreutils command line: single letters, long names, and what is left. */
export interface Options {
  /** Values in the order given; `''` for a switch. Keys are the letter or the long name's letter. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

export interface OptionSpec {
  /** Letters, with `:` after those that take a value: `ivc` or `n:`. */
  readonly letters: string;
  /** Long names and the letter (or word) that each stands for. */
  readonly long?: Readonly<Record<string, string>>;
  /** Exit code of wrong usage; 1 where it is left out. */
  readonly exit?: number;
  /** `head -5`: a number alone is the value of this letter. */
  readonly number?: string;
}

/** What wrong usage says, in the words of getopt(3). */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads `argv` after its first word. Throws {@link UsageError}. */
export function parseOptions(argv: readonly string[], spec: OptionSpec): Options {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const add = (key: string, value: string): void => {
    const list = values.get(key);
    if (list === undefined) values.set(key, [value]);
    else list.push(value);
  };
  const rest = argv.slice(1);
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    if (word === '--') operands.push(...rest.splice(0));
    else if (word.startsWith('--')) readLong(word, rest, spec, add);
    else if (spec.number !== undefined && /^-\d+$/.test(word)) add(spec.number, word.slice(1));
    else if (word.length > 1 && word.startsWith('-')) readLetters(word, rest, spec, add);
    else operands.push(word);
  }
  return { values, operands };
}

function readLetters(word: string, rest: string[], spec: OptionSpec, add: (key: string, value: string) => void): void {
  for (let at = 1; at < word.length; at++) {
    const letter = word.charAt(at);
    const index = letter === ':' ? -1 : spec.letters.indexOf(letter);
    if (index < 0) throw new UsageError(`invalid option -- '${letter}'`);
    if (spec.letters[index + 1] !== ':') {
      add(letter, '');
      continue;
    }
    const value = at + 1 < word.length ? word.slice(at + 1) : rest.shift();
    if (value === undefined) throw new UsageError(`option requires an argument -- '${letter}'`);
    add(letter, value);
    return;
  }
}

function readLong(word: string, rest: string[], spec: OptionSpec, add: (key: string, value: string) => void): void {
  const at = word.indexOf('=');
  const name = at < 0 ? word.slice(2) : word.slice(2, at);
  const key = spec.long?.[name];
  if (key === undefined) throw new UsageError(`unrecognized option '${word}'`);
  const index = spec.letters.indexOf(key);
  const takesValue = index >= 0 && spec.letters[index + 1] === ':';
  if (!takesValue) {
    if (at >= 0) throw new UsageError(`option '--${name}' doesn't allow an argument`);
    add(key, '');
    return;
  }
  const value = at < 0 ? rest.shift() : word.slice(at + 1);
  if (value === undefined) throw new UsageError(`option '--${name}' requires an argument`);
  add(key, value);
}

export function has(options: Options, key: string): boolean {
  return options.values.has(key);
}

export function valueFor(options: Options, key: string): string | undefined {
  return options.values.get(key)?.at(-1);
}

/** Runs `body` with the options; wrong usage is told as coreutils do, with the exit code that the spec gives. */
export function* withOptions(
  process: Process,
  spec: OptionSpec,
  body: (options: Options) => Task<number>,
): Task<number> {
  let options: Options;
  try {
    options = parseOptions(process.argv, spec);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const name = process.argv[0] ?? '';
    yield* process.stderr.write(`${name}: ${error.message}\nTry '${name} --help' for more information.\n`);
    return spec.exit ?? 1;
  }
  return yield* body(options);
}

/** Writes `name: message` on standard error; gives `code`. */
export function* fail(process: Process, message: string, code = 1): Task<number> {
  yield* process.stderr.write(`${process.argv[0]}: ${message}\n`);
  return code;
}
