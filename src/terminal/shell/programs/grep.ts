import type { Task } from '../../../engine/base/task.ts';
import { byteStringOfText } from '../../../engine/base/utf8.ts';
import type { Process } from '../../process.ts';
import { GrepScan } from './grep-scan.ts';
import { forEachInput } from './input.ts';
import { has, type Options, withOptions } from './options.ts';
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
  const scan = new GrepScan(process, pattern, options);
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
