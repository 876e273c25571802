import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { BufferedOutput, CHUNK_BYTES, forEachInput } from './input.ts';
import { fail, has, valueFor, withOptions } from './options.ts';
import { sizeNumber } from './size-number.ts';

const ROW = 16;

const SPEC = { letters: 'Cvn:s:bcdox', long: { canonical: 'C', length: 'n', skip: 's', 'no-squeezing': 'v' } };

/** `hexdump [-C] [-v] [-n LENGTH] [-s OFFSET] [FILE]…`: the rows of all files as one stream. */
export function* hexdump(process: Process): Task<number> {
  return yield* withOptions(process, SPEC, function* (options) {
    const other = ['b', 'c', 'd', 'o'].find((letter) => has(options, letter));
    if (other !== undefined) return yield* fail(process, `-${other} is not there yet`, 95);
    const length = numberOf(valueFor(options, 'n'), Number.POSITIVE_INFINITY);
    const skip = numberOf(valueFor(options, 's'), 0);
    if (length === null) return yield* fail(process, '-n: bad length value');
    if (skip === null) return yield* fail(process, '-s: bad skip value');
    const dump = new Dump(process, has(options, 'C') ? canonical : words, has(options, 'v'), skip);
    const code = yield* dumpAll(process, options.operands, dump, skip, length);
    yield* dump.finish();
    return code;
  });
}

function* dumpAll(
  process: Process,
  operands: readonly string[],
  dump: Dump,
  skip: number,
  length: number,
): Task<number> {
  let left = length;
  let toSkip = skip;
  return yield* forEachInput(process, operands, function* (stream) {
    toSkip -= stream.skip?.(toSkip) ?? 0;
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
}

/** Decimal or 0x hex, with `k`, `m`, `b`; null where it is bad. */
function numberOf(text: string | undefined, missing: number): number | null {
  if (text === undefined) return missing;
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
