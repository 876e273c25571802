import type { Task } from '../../../engine/base/task.ts';
import { byteStringOfText } from '../../../engine/base/utf8.ts';
import type { Process } from '../../process.ts';
import { BufferedOutput, forEachInput, LineReader } from './input.ts';
import { fail, has, valueFor, withOptions } from './options.ts';

type Ranges = readonly (readonly [from: number, to: number])[];

const LONG = {
  delimiter: 'd',
  fields: 'f',
  characters: 'c',
  bytes: 'b',
  'only-delimited': 's',
  'output-delimiter': 'O',
};

/** `cut -f LIST [-d CHAR] [-s]`, `cut -c LIST`, `cut -b LIST`. */
export function* cut(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'd:f:c:b:sO:', long: LONG }, function* (options) {
    const fields = valueFor(options, 'f');
    const list = fields ?? valueFor(options, 'c') ?? valueFor(options, 'b');
    if (list === undefined) return yield* usage(process, 'you must specify a list of bytes, characters, or fields');
    const ranges = parseList(list);
    if (ranges === null) return yield* usage(process, `invalid field value '${list}'`);
    const delimiter = byteStringOfText(valueFor(options, 'd') ?? '\t');
    if (delimiter.length !== 1) return yield* usage(process, 'the delimiter must be a single character');
    const joint = byteStringOfText(valueFor(options, 'O') ?? (fields === undefined ? '' : delimiter));
    const out = new BufferedOutput(process.stdout);
    const code = yield* forEachInput(process, options.operands, function* (stream) {
      const reader = new LineReader(stream);
      for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
        if (fields !== undefined && !line.includes(delimiter)) {
          if (!has(options, 's')) yield* out.write(`${line}\n`);
          continue;
        }
        const pieces = fields === undefined ? [...line] : line.split(delimiter);
        yield* out.write(`${pick(pieces, ranges).join(joint)}\n`);
      }
    });
    yield* out.flush();
    return code;
  });
}

function* usage(process: Process, message: string): Task<number> {
  return yield* fail(process, `${message}\nTry 'cut --help' for more information.`);
}

function pick(pieces: readonly string[], ranges: Ranges): string[] {
  return pieces.filter((_, index) => ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to));
}

/** `1`, `2-4`, `-3`, `5-`, with commas between. */
function parseList(list: string): Ranges | null {
  const ranges: [number, number][] = [];
  for (const part of list.split(',')) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (match === null || part === '' || part === '-') return null;
    const [, from = '', dash = '', to = ''] = match;
    const low = from === '' ? 1 : Number(from);
    const high = dash === '' ? low : to === '' ? Number.POSITIVE_INFINITY : Number(to);
    if (low === 0 || high < low) return null;
    ranges.push([low, high]);
  }
  return ranges;
}
