import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { BufferedOutput, CHUNK_BYTES, forEachInput } from './input.ts';
import { fail, has, valueFor, withOptions } from './options.ts';
import { sizeNumber } from './size-number.ts';

const ROW = 16;

/** `hexdump [-C] [-v] [-n LENGTH] [-s OFFSET] [FILE]…`: the rows of all files as one stream. */
export function* hexdump(process: Process): Task<number> {
  return yield* withOptions(
    process,
    { letters: 'Cvn:s:bcdox', long: { canonical: 'C', length: 'n', skip: 's', 'no-squeezing': 'v' } },
    function* (options) {
      const other = ['b', 'c', 'd', 'o'].find((letter) => has(options, letter));
      if (other !== undefined) return yield* fail(process, `-${other} is not there yet`, 95);
      const length = numberOf(valueFor(options, 'n'));
      const skip = numberOf(valueFor(options, 's'));
      if (length === null || skip === null)
        return yield* fail(
          process,
          `-${length === null ? 'n' : 's'}: bad ${length === null ? 'length' : 'skip'} value`,
        );
      const dump = new Dump(process, has(options, 'C') ? canonical : words, has(options, 'v'), skip ?? 0);
      let left = length ?? Number.POSITIVE_INFINITY;
      let toSkip = skip ?? 0;
      const code = yield* forEachInput(process, options.operands, function* (stream) {
        while (left > 0) {
          const chunk = yield* stream.read(Math.min(CHUNK_BYTES, toSkip > 0 ? toSkip : left));
          if (chunk === null) return;
          if (toSkip > 0) toSkip -= chunk.length;
          else {
            left -= chunk.length;
            yield* dump.add(chunk);
          }
        }
      });
      yield* dump.finish();
      return code;
    },
  );
}

/** Decimal, 0x hex or octal, with `k`, `m`, `b`; undefined where there is none, null where it is bad. */
function numberOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (/^0x[0-9a-f]+$/i.test(text)) return Number(text);
  return sizeNumber(text.replace('m', 'M').replace('g', 'G'));
}

type RowFormat = (row: Uint8Array) => string;

/** Rows of 16 bytes; equal ones after the first as one `*`. */
class Dump {
  readonly #out: BufferedOutput;
  readonly #format: RowFormat;
  readonly #all: boolean;
  readonly #digits: number;
  readonly #start: number;
  #offset: number;
  #pending = new Uint8Array(0);
  #last = '';
  #starred = false;

  constructor(process: Process, format: RowFormat, all: boolean, offset: number) {
    this.#out = new BufferedOutput(process.stdout);
    this.#format = format;
    this.#all = all;
    this.#digits = format === canonical ? 8 : 7;
    this.#start = offset;
    this.#offset = offset;
  }

  *add(chunk: Uint8Array): Task<void> {
    const bytes = new Uint8Array(this.#pending.length + chunk.length);
    bytes.set(this.#pending);
    bytes.set(chunk, this.#pending.length);
    const whole = bytes.length - (bytes.length % ROW);
    for (let at = 0; at < whole; at += ROW) yield* this.#row(bytes.subarray(at, at + ROW));
    this.#pending = bytes.slice(whole);
  }

  *finish(): Task<void> {
    if (this.#pending.length > 0) yield* this.#row(this.#pending);
    if (this.#offset > this.#start) yield* this.#out.write(`${this.#address()}\n`);
    yield* this.#out.flush();
  }

  *#row(row: Uint8Array): Task<void> {
    const text = this.#format(row);
    if (!this.#all && row.length === ROW && text === this.#last && this.#offset > this.#start) {
      if (!this.#starred) yield* this.#out.write('*\n');
      this.#starred = true;
    } else {
      yield* this.#out.write(`${this.#address()}${text}\n`);
      this.#starred = false;
    }
    this.#last = text;
    this.#offset += row.length;
  }

  #address(): string {
    return this.#offset.toString(16).padStart(this.#digits, '0');
  }
}

function canonical(row: Uint8Array): string {
  let hex = '';
  let text = '';
  for (const [index, byte] of row.entries()) {
    hex += `${index % 8 === 0 ? '  ' : ' '}${byte.toString(16).padStart(2, '0')}`;
    text += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.';
  }
  return `${hex.padEnd(52)}|${text}|`;
}

/** Two-byte words, little endian: what hexdump prints without options. */
function words(row: Uint8Array): string {
  let text = '';
  for (let at = 0; at < row.length; at += 2) {
    const word = (row[at] ?? 0) | ((row[at + 1] ?? 0) << 8);
    text += ` ${word.toString(16).padStart(4, '0')}`;
  }
  return text.padEnd(40);
}
