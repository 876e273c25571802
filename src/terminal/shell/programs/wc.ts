import type { Task } from '../../../engine/base/task.ts';
import type { InputStream, Process } from '../../process.ts';
import { CHUNK_BYTES, forEachInput } from './input.ts';
import { has, type Options, withOptions } from './options.ts';

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  longest: number;
}

const LONG = { lines: 'l', words: 'w', bytes: 'c', chars: 'm', 'max-line-length': 'L' };

/** `wc [-lwcmL] [FILE]…`. */
export function* wc(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'lwcmL', long: LONG }, function* (options) {
    const rows: { counts: Counts; name: string }[] = [];
    const total: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
    const code = yield* forEachInput(process, options.operands, function* (stream, name) {
      const counts = yield* count(stream);
      total.lines += counts.lines;
      total.words += counts.words;
      total.chars += counts.chars;
      total.bytes += counts.bytes;
      total.longest = Math.max(total.longest, counts.longest);
      rows.push({ counts, name: options.operands.length === 0 ? '' : name });
    });
    if (options.operands.length > 1) rows.push({ counts: total, name: 'total' });
    const single = rows.length === 1 && shown(options, total).length === 1;
    const stdin = options.operands.length === 0 || options.operands.includes('-');
    const width = single ? 1 : Math.max(stdin ? 7 : 1, String(total.bytes).length);
    for (const { counts, name } of rows) {
      const cells = shown(options, counts).map((value) => String(value).padStart(width));
      yield* process.stdout.write(`${cells.join(' ')}${name === '' ? '' : ` ${name}`}\n`);
    }
    return code;
  });
}

/** The counts asked for, in wc's own order. */
function shown(options: Options, counts: Counts): number[] {
  const { lines, words, chars, bytes, longest } = counts;
  if (options.values.size === 0) return [lines, words, bytes];
  const pairs = [
    ['l', lines],
    ['w', words],
    ['m', chars],
    ['c', bytes],
    ['L', longest],
  ] as const;
  return pairs.filter(([letter]) => has(options, letter)).map(([, value]) => value);
}

function* count(stream: InputStream): Task<Counts> {
  const counts: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
  let inWord = false;
  let length = 0;
  for (let chunk = yield* stream.read(CHUNK_BYTES); chunk !== null; chunk = yield* stream.read(CHUNK_BYTES)) {
    counts.bytes += chunk.length;
    for (const byte of chunk) {
      const blank = byte === 32 || (byte >= 9 && byte <= 13);
      if (!blank && !inWord) counts.words++;
      inWord = !blank;
      if ((byte & 0xc0) !== 0x80) counts.chars++;
      if (byte === 10) {
        counts.lines++;
        length = 0;
      } else if (byte === 9) length += 8 - (length % 8);
      else if ((byte & 0xc0) !== 0x80) length++;
      if (length > counts.longest) counts.longest = length;
    }
  }
  return counts;
}
