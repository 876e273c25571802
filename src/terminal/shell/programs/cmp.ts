import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { InputStream, Process } from '../../process.ts';
import { CHUNK_BYTES, openInput } from './input.ts';
import { fail, has, valueFor, withOptions } from './options.ts';
import { sizeNumber } from './size-number.ts';

/** `cmp [-s] [-n N] FILE1 [FILE2]`: 0 the same, 1 different, 2 trouble. */
export function* cmp(process: Process): Task<number> {
  const long = { silent: 's', quiet: 's', bytes: 'n' };
  return yield* withOptions(process, { letters: 'sn:', long, exit: 2 }, function* (options) {
    const [first, second = '-'] = options.operands;
    if (first === undefined)
      return yield* fail(process, "missing operand after 'cmp'\ncmp: Try 'cmp --help' for more information.", 2);
    const streams: InputStream[] = [];
    for (const name of [first, second]) {
      try {
        streams.push(openInput(process, name));
      } catch (error) {
        if (!(error instanceof CephError)) throw error;
        return yield* fail(process, `${name}: ${strerror(error.errno)}`, 2);
      }
    }
    const limit = sizeNumber(valueFor(options, 'n') ?? '') ?? Number.POSITIVE_INFINITY;
    const [a, b] = streams.map((stream) => new ByteReader(stream));
    if (a === undefined || b === undefined) return 2;
    return yield* compare(process, { a, b, first, second, limit, silent: has(options, 's') });
  });
}

interface Comparison {
  readonly a: ByteReader;
  readonly b: ByteReader;
  readonly first: string;
  readonly second: string;
  readonly limit: number;
  readonly silent: boolean;
}

function* compare(process: Process, { a, b, first, second, limit, silent }: Comparison): Task<number> {
  let line = 1;
  let last = 10;
  for (let at = 1; at <= limit; at++) {
    const x = a.buffered() ?? (yield* a.next());
    const y = b.buffered() ?? (yield* b.next());
    if (x === y && x === null) return 0;
    if (x === null || y === null) {
      const name = x === null ? first : second;
      const where =
        at === 1 ? 'which is empty' : `after byte ${at - 1}, ${last === 10 ? `line ${line - 1}` : `in line ${line}`}`;
      if (!silent) yield* process.stderr.write(`cmp: EOF on ${name} ${where}\n`);
      return 1;
    }
    if (x !== y) {
      if (!silent) yield* process.stdout.write(`${first} ${second} differ: byte ${at}, line ${line}\n`);
      return 1;
    }
    if (x === 10) line++;
    last = x;
  }
  return 0;
}

class ByteReader {
  readonly #stream: InputStream;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(stream: InputStream) {
    this.#stream = stream;
  }

  /** The next byte, if it is here already. */
  buffered(): number | undefined {
    return this.#chunk[this.#at++];
  }

  *next(): Task<number | null> {
    const chunk = yield* this.#stream.read(CHUNK_BYTES);
    this.#chunk = chunk ?? new Uint8Array(0);
    this.#at = 1;
    return chunk?.[0] ?? null;
  }
}
