import type { Task } from '../../../engine/base/task.ts';
import type { InputStream, Process } from '../../process.ts';
import { BufferedOutput, CHUNK_BYTES, forEachInput, HEAD_FAILURE, LineReader } from './input.ts';
import { fail, has, valueFor, withOptions } from './options.ts';
import { sizeNumber } from './size-number.ts';

const SPEC = { letters: 'n:c:qv', long: { lines: 'n', bytes: 'c', quiet: 'q', verbose: 'v' }, number: 'n' };

/** `head [-n N] [-c N] [FILE]…`; with a minus before N, all but the last N. */
export function* head(process: Process): Task<number> {
  return yield* withOptions(process, SPEC, function* (options) {
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
        const butLast = text.startsWith('-');
        yield* bytes === undefined
          ? copyLines(process, stream, count, butLast)
          : copyBytes(process, stream, count, butLast);
      },
      HEAD_FAILURE,
    );
  });
}

function* copyLines(process: Process, stream: InputStream, count: number, butLast: boolean): Task<void> {
  const reader = new LineReader(stream);
  const out = new BufferedOutput(process.stdout);
  const held: string[] = [];
  for (let left = count; butLast || left > 0; left--) {
    const line = yield* reader.next();
    if (line === null) break;
    held.push(line + (reader.terminated ? '\n' : ''));
    if (!butLast || held.length > count) yield* out.write(held.shift() ?? '');
  }
  yield* out.flush();
}

function* copyBytes(process: Process, stream: InputStream, count: number, butLast: boolean): Task<void> {
  let held = new Uint8Array(0);
  for (let left = count; butLast || left > 0; ) {
    const chunk = yield* stream.read(butLast ? CHUNK_BYTES : Math.min(left, CHUNK_BYTES));
    if (chunk === null) return;
    left -= chunk.length;
    if (!butLast) {
      yield* process.stdout.write(chunk);
      continue;
    }
    const all = new Uint8Array(held.length + chunk.length);
    all.set(held);
    all.set(chunk, held.length);
    const keep = Math.min(count, all.length);
    yield* process.stdout.write(all.subarray(0, all.length - keep));
    held = all.slice(all.length - keep);
  }
}
