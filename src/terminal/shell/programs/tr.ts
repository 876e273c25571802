import type { Task } from '../../../engine/base/task.ts';
import { byteStringOf } from '../../../engine/base/utf8.ts';
import type { Process } from '../../process.ts';
import { unescapeFormat } from './escapes.ts';
import { CHUNK_BYTES } from './input.ts';
import { fail, has, withOptions } from './options.ts';

const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  alpha: (c) => (c >= 65 && c <= 90) || (c >= 97 && c <= 122),
  digit: (c) => c >= 48 && c <= 57,
  alnum: (c) => (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122),
  upper: (c) => c >= 65 && c <= 90,
  lower: (c) => c >= 97 && c <= 122,
  space: (c) => c === 32 || (c >= 9 && c <= 13),
  blank: (c) => c === 32 || c === 9,
  punct: (c) => (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126),
  print: (c) => c >= 32 && c <= 126,
  graph: (c) => c >= 33 && c <= 126,
  cntrl: (c) => c < 32 || c === 127,
  xdigit: (c) => (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102),
};

/** `tr [-dsc] SET1 [SET2]`, on bytes. */
export function* tr(process: Process): Task<number> {
  const long = { delete: 'd', 'squeeze-repeats': 's', complement: 'c' };
  return yield* withOptions(process, { letters: 'dscC', long }, function* (options) {
    const [first, second, extra] = options.operands;
    const hint = "Try 'tr --help' for more information.";
    if (first === undefined) return yield* fail(process, `missing operand\n${hint}`);
    if (extra !== undefined) return yield* fail(process, `extra operand '${extra}'\n${hint}`);
    const deleting = has(options, 'd');
    const squeezing = has(options, 's');
    if (second === undefined && !deleting && !squeezing) {
      return yield* fail(
        process,
        `missing operand after '${first}'\nTwo strings must be given when translating.\n${hint}`,
      );
    }
    const complement = has(options, 'c') || has(options, 'C');
    const from = complement ? complementOf(expand(first, [])) : expand(first, []);
    const to = second === undefined ? [] : expand(second, from);
    const squeezed = new Set(squeezing ? (second === undefined ? from : to) : []);
    yield* copy(process, deleting ? deletion(from) : translation(from, second === undefined ? from : to), squeezed);
    return 0;
  });
}

function* copy(process: Process, map: Int16Array, squeezed: ReadonlySet<number>): Task<void> {
  let last = -1;
  for (
    let chunk = yield* process.stdin.read(CHUNK_BYTES);
    chunk !== null;
    chunk = yield* process.stdin.read(CHUNK_BYTES)
  ) {
    const out = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      const mapped = map[byte] ?? byte;
      if (mapped < 0 || (mapped === last && squeezed.has(mapped))) continue;
      out[length++] = mapped;
      last = mapped;
    }
    if (length > 0) yield* process.stdout.write(out.subarray(0, length));
  }
}

function deletion(set: readonly number[]): Int16Array {
  const map = Int16Array.from({ length: 256 }, (_, byte) => byte);
  for (const byte of set) map[byte] = -1;
  return map;
}

/** The second set is drawn out with its last byte. */
function translation(from: readonly number[], to: readonly number[]): Int16Array {
  const map = Int16Array.from({ length: 256 }, (_, byte) => byte);
  for (const [index, byte] of from.entries()) map[byte] = to[index] ?? to.at(-1) ?? byte;
  return map;
}

function complementOf(set: readonly number[]): number[] {
  return Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !set.includes(byte));
}

/** Ranges, classes, escapes and `[x*]` of a set; `other` tells how long `[x*]` must be. */
function expand(text: string, other: readonly number[]): number[] {
  const out: number[] = [];
  const pattern =
    /\[:(\w+):\]|\[(\\?[\s\S])\*(\d*)\]|(\\(?:[0-7]{1,3}|[\s\S])|[\s\S])(?:-(\\(?:[0-7]{1,3}|[\s\S])|[\s\S]))?/g;
  for (const [, name, repeated, times, low, high] of text.matchAll(pattern)) {
    if (name !== undefined) {
      const belongs = CLASSES[name] ?? (() => false);
      for (let code = 0; code < 256; code++) if (belongs(code)) out.push(code);
    } else if (repeated !== undefined) {
      const count = times === '' || times === undefined ? Math.max(0, other.length - out.length) : Number(times);
      for (let i = 0; i < count; i++) out.push(...codes(repeated));
    } else if (high === undefined) out.push(...codes(low ?? ''));
    else for (let code = codes(low ?? '')[0] ?? 0; code <= (codes(high)[0] ?? 0); code++) out.push(code);
  }
  return out;
}

function codes(text: string): number[] {
  return [...byteStringOf(unescapeFormat(text).bytes)].map((char) => char.charCodeAt(0));
}
