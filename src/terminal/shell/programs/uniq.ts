import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { BufferedOutput, forEachInput, LineReader } from './input.ts';
import { has, withOptions } from './options.ts';

const SPEC = { letters: 'cdui', long: { count: 'c', repeated: 'd', unique: 'u', 'ignore-case': 'i' } };

/** `uniq [-cdui] [FILE]`. */
export function* uniq(process: Process): Task<number> {
  return yield* withOptions(process, SPEC, function* (options) {
    const fold = (line: string): string => (has(options, 'i') ? line.toLowerCase() : line);
    const out = new BufferedOutput(process.stdout);
    const code = yield* forEachInput(process, options.operands.slice(0, 1), function* (stream) {
      const reader = new LineReader(stream);
      let held: string | null = null;
      let count = 0;
      for (;;) {
        const line = yield* reader.next();
        if (line !== null && held !== null && fold(line) === fold(held)) {
          count++;
          continue;
        }
        const wanted = (has(options, 'd') ? count > 1 : true) && (has(options, 'u') ? count === 1 : true);
        if (held !== null && wanted)
          yield* out.write(`${has(options, 'c') ? `${String(count).padStart(7)} ` : ''}${held}\n`);
        if (line === null) return;
        held = line;
        count = 1;
      }
    });
    yield* out.flush();
    return code;
  });
}
