import type { Task } from '../../../engine/base/task.ts';
import { byteStringOfText } from '../../../engine/base/utf8.ts';
import type { InputStream, OutputStream, Process } from '../../process.ts';
import { BufferedOutput, forEachInput, LineReader } from './input.ts';
import { has, type Options, valueFor, withOptions } from './options.ts';
import { basicToExtended, posixRegExp } from './posix-regexp.ts';

const USAGE = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";
const LONG = {
  'invert-match': 'v',
  'ignore-case': 'i',
  count: 'c',
  'line-number': 'n',
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'only-matching': 'o',
  quiet: 'q',
  silent: 'q',
  'word-regexp': 'w',
  'line-regexp': 'x',
  'files-with-matches': 'l',
  'files-without-match': 'L',
  'no-filename': 'h',
  'with-filename': 'H',
  'max-count': 'm',
  regexp: 'e',
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
};

/** `grep [-vicnEFoqwxlLhH] [-m N] [-A N] [-B N] [-C N] PATTERN [FILE]…`: 0 found, 1 not, 2 trouble. */
export function* grep(process: Process): Task<number> {
  const letters = 'vicnEFGoqwxlLhHase:m:A:B:C:';
  return yield* withOptions(process, { letters, long: LONG, exit: 2 }, function* (options) {
    const operands = [...options.operands];
    const patterns = options.values.get('e') ?? (operands.length > 0 ? [operands.shift() ?? ''] : null);
    if (patterns === null) {
      yield* process.stderr.write(USAGE);
      return 2;
    }
    const pattern = compile(patterns.join('\n').split('\n'), options);
    if (typeof pattern === 'string') {
      yield* process.stderr.write(`grep: ${pattern}\n`);
      return 2;
    }
    return yield* search(process, operands, pattern, options);
  });
}

function compile(patterns: readonly string[], options: Options): RegExp | string {
  const extended = has(options, 'E');
  const extend = (text: string): string => {
    const bytes = byteStringOfText(text);
    if (has(options, 'F')) return bytes.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return extended ? bytes : basicToExtended(bytes);
  };
  const wrap = (source: string): string =>
    has(options, 'x') ? `^(?:${source})$` : has(options, 'w') ? `(?<![\\w])(?:${source})(?![\\w])` : source;
  try {
    return posixRegExp(patterns.map(extend), wrap, has(options, 'i') ? 'gi' : 'g');
  } catch {
    // The engine's message tells of its own syntax; grep's is about brackets and parentheses in nearly all cases.
    return patterns.some((text) => text.includes('[')) ? 'Unmatched [, [^, [:, [., or [=' : 'Unmatched ( or \\(';
  }
}

function* search(process: Process, operands: readonly string[], pattern: RegExp, options: Options): Task<number> {
  const named = has(options, 'H') || (operands.length > 1 && !has(options, 'h'));
  const scan = new Scan(process, pattern, options);
  const trouble = yield* forEachInput(
    process,
    operands,
    function* (stream, name) {
      const shown = name === '-' ? '(standard input)' : name;
      yield* scan.file(stream, named ? shown : null, shown);
    },
    { exit: 2 },
  );
  yield* scan.out.flush();
  if (scan.found && has(options, 'q')) return 0;
  return trouble !== 0 ? trouble : scan.found ? 0 : 1;
}

class Scan {
  readonly out: BufferedOutput;
  found = false;
  readonly #pattern: RegExp;
  readonly #options: Options;
  readonly #before: number;
  readonly #after: number;
  readonly #stderr: OutputStream;
  #separated = false;

  constructor(process: Process, pattern: RegExp, options: Options) {
    this.#stderr = process.stderr;
    this.out = new BufferedOutput(process.stdout);
    this.#pattern = pattern;
    this.#options = options;
    this.#before = Number(valueFor(options, 'B') ?? valueFor(options, 'C') ?? 0);
    this.#after = Number(valueFor(options, 'A') ?? valueFor(options, 'C') ?? 0);
  }

  *file(stream: InputStream, prefix: string | null, name: string): Task<void> {
    const options = this.#options;
    const most = Number(valueFor(options, 'm') ?? Number.POSITIVE_INFINITY);
    const reader = new LineReader(stream);
    const earlier: { number: number; line: string }[] = [];
    let count = 0;
    let number = 0;
    let lastShown = 0;
    const silent = has(options, 'q') || has(options, 'c') || has(options, 'l') || has(options, 'L');
    for (let line = yield* reader.next(); line !== null && count < most; line = yield* reader.next()) {
      number++;
      this.#pattern.lastIndex = 0;
      const hit = this.#pattern.test(line) !== has(options, 'v');
      if (hit) count++;
      if (silent) {
        if (hit && !has(options, 'c')) break;
        continue;
      }
      if (hit && reader.binary && !has(options, 'a')) {
        yield* this.#stderr.write(`grep: ${name}: binary file matches\n`);
        break;
      }
      if (hit) {
        yield* this.#gap(lastShown, earlier[0]?.number ?? number);
        for (const { number: at, line: text } of earlier.splice(0)) yield* this.#line(prefix, at, text, '-');
        yield* this.#hit(prefix, number, line);
        lastShown = number;
      } else if (
        lastShown > 0 &&
        number - lastShown <= this.#after &&
        count > 0 &&
        number <= this.#lastHit + this.#after
      ) {
        yield* this.#line(prefix, number, line, '-');
        lastShown = number;
      } else {
        earlier.push({ number, line });
        if (earlier.length > this.#before) earlier.shift();
      }
    }
    this.found ||= has(options, 'L') ? count === 0 : count > 0;
    if (!has(options, 'q')) yield* this.#summary(prefix, name, count);
  }

  #lastHit = 0;

  *#gap(lastShown: number, next: number): Task<void> {
    if (this.#before + this.#after === 0) return;
    if (this.#separated && (lastShown === 0 || next > lastShown + 1)) yield* this.out.write('--\n');
    this.#separated = true;
  }

  *#hit(prefix: string | null, number: number, line: string): Task<void> {
    this.#lastHit = number;
    if (!has(this.#options, 'o')) return yield* this.#line(prefix, number, line, ':');
    if (has(this.#options, 'v')) return;
    this.#pattern.lastIndex = 0;
    for (const [text] of line.matchAll(this.#pattern)) if (text !== '') yield* this.#line(prefix, number, text, ':');
  }

  *#line(prefix: string | null, number: number, line: string, mark: string): Task<void> {
    const name = prefix === null ? '' : byteStringOfText(prefix) + mark;
    yield* this.out.write(`${name}${has(this.#options, 'n') ? number + mark : ''}${line}\n`);
  }

  *#summary(prefix: string | null, name: string, count: number): Task<void> {
    const listed = has(this.#options, 'l') ? count > 0 : has(this.#options, 'L') && count === 0;
    if (listed) yield* this.out.write(`${byteStringOfText(name)}\n`);
    else if (has(this.#options, 'c') && !has(this.#options, 'l') && !has(this.#options, 'L')) {
      yield* this.out.write(`${prefix === null ? '' : `${byteStringOfText(prefix)}:`}${count}\n`);
    }
  }
}
