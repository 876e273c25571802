import { concatBytes } from '../../../engine/base/bytes.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { InputStream, Process } from '../../process.ts';
import { BufferedOutput, CHUNK_BYTES, forEachInput, HEAD_FAILURE, LineReader } from './input.ts';
import { fail, has, valueFor, withOptions } from './options.ts';
import { sizeNumber } from './size-number.ts';

const SPEC = {
  letters: 'n:c:qvf',
  long: { lines: 'n', bytes: 'c', quiet: 'q', verbose: 'v', follow: 'f' },
  number: 'n',
};

/** `tail [-n N] [-c N] [FILE]…`; with a plus before N, from the Nth on. */
export function* tail(process: Process): Task<number> {
  return yield* withOptions(process, SPEC, function* (options) {
    if (has(options, 'f')) return yield* fail(process, 'following a file (-f) is not there yet', 95);
    const bytes = valueFor(options, 'c');
    const text = bytes ?? valueFor(options, 'n') ?? '10';
    const count = sizeNumber(text.replace(/^[-+]/, ''));
    if (count === null)
      return yield* fail(process, `invalid number of ${bytes === undefined ? 'lines' : 'bytes'}: '${text}'`);
    const titled = has(options, 'v') || (options.operands.length > 1 && !has(options, 'q'));
    let first = true;
    return yield* forEachInput(
      process,
      options.operands,
      function* (stream, name) {
        if (titled)
          yield* process.stdout.write(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
        first = false;
        const from = text.startsWith('+');
        yield* bytes === undefined ? copyLines(process, stream, count, from) : copyBytes(process, stream, count, from);
      },
      HEAD_FAILURE,
    );
  });
}

function* copyLines(process: Process, stream: InputStream, count: number, from: boolean): Task<void> {
  const reader = new LineReader(stream);
  const out = new BufferedOutput(process.stdout);
  const held: string[] = [];
  let number = 0;
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
    number++;
    const whole = line + (reader.terminated ? '\n' : '');
    if (from) {
      if (number >= count) yield* out.write(whole);
      continue;
    }
    held.push(whole);
    if (held.length > count) held.shift();
  }
  for (const line of held) yield* out.write(line);
  yield* out.flush();
}

function* copyBytes(process: Process, stream: InputStream, count: number, from: boolean): Task<void> {
  let skip = from ? Math.max(count - 1, 0) : 0;
  const held: Uint8Array[] = [];
  let bytes = 0;
  for (let chunk = yield* stream.read(CHUNK_BYTES); chunk !== null; chunk = yield* stream.read(CHUNK_BYTES)) {
    const rest = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - rest.length;
    if (from) {
      if (rest.length > 0) yield* process.stdout.write(rest);
      continue;
    }
    held.push(rest.slice());
    bytes += rest.length;
    while (held[0] !== undefined && bytes - held[0].length >= count) bytes -= held.shift()?.length ?? 0;
  }
  if (held.length > 0) yield* process.stdout.write(concatBytes(held).subarray(Math.max(bytes - count, 0)));
}
