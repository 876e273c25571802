import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { BufferedOutput, CHUNK_BYTES, forEachInput, LineReader } from './input.ts';
import { has, withOptions } from './options.ts';

/** `cat [-n] [-A] [FILE]…`. */
export function* cat(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'nbuvA', long: { number: 'n' } }, function* (options) {
    const numbered = has(options, 'n') || has(options, 'b');
    let count = 0;
    return yield* forEachInput(process, options.operands, function* (stream) {
      if (!numbered && !has(options, 'A') && !has(options, 'v')) {
        for (let chunk = yield* stream.read(CHUNK_BYTES); chunk !== null; chunk = yield* stream.read(CHUNK_BYTES)) {
          yield* process.stdout.write(chunk);
        }
        return;
      }
      const reader = new LineReader(stream);
      const out = new BufferedOutput(process.stdout);
      for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
        const shown = has(options, 'A') || has(options, 'v') ? visible(line, has(options, 'A')) : line;
        const number = numbered && !(has(options, 'b') && line === '') ? `${String(++count).padStart(6)}\t` : '';
        const end = reader.terminated ? `${has(options, 'A') ? '$' : ''}\n` : '';
        yield* out.write(number + shown + end);
      }
      yield* out.flush();
    });
  });
}

/** Bytes that are not printable as `^A` and `M-A`. */
function visible(line: string, tabs: boolean): string {
  return line.replace(/[^ -~]/g, (char) => {
    if (char === '\t' && !tabs) return char;
    const code = char.charCodeAt(0);
    const low = code & 0x7f;
    const shown = low === 0x7f ? '^?' : low < 32 ? `^${String.fromCharCode(low + 64)}` : String.fromCharCode(low);
    return code < 128 ? shown : `M-${shown}`;
  });
}
