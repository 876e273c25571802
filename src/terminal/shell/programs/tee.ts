import { bytesData } from '../../../engine/base/data.ts';
import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile, Process } from '../../process.ts';
import { CHUNK_BYTES } from './input.ts';
import { has, withOptions } from './options.ts';

/** `tee [-a] [FILE]…`. */
export function* tee(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'ai', long: { append: 'a' } }, function* (options) {
    const files: OpenFile[] = [];
    let code = 0;
    for (const name of options.operands) {
      try {
        files.push(process.files.open(name, has(options, 'a') ? 'append' : 'write'));
      } catch (error) {
        if (!(error instanceof CephError)) throw error;
        yield* process.stderr.write(`tee: ${name}: ${strerror(error.errno)}\n`);
        code = 1;
      }
    }
    let at = 0;
    for (
      let chunk = yield* process.stdin.read(CHUNK_BYTES);
      chunk !== null;
      chunk = yield* process.stdin.read(CHUNK_BYTES)
    ) {
      yield* process.stdout.write(chunk);
      for (const file of files) yield* file.writeAt(at, bytesData(chunk.slice()));
      at += chunk.length;
    }
    for (const file of files) yield* file.close();
    return code;
  });
}
