import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { kindAt } from './file-operands.ts';
import { has, withOptions } from './options.ts';
import { destinations } from './transfer.ts';

/** `mv [-n] SOURCE… TARGET`. */
export function* mv(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'fnvi', long: { force: 'f', 'no-clobber': 'n' } }, function* (options) {
    const pairs = yield* destinations(process, options.operands);
    if (pairs === null) return 1;
    let code = 0;
    for (const { from, to } of pairs) {
      if (has(options, 'n') && kindAt(process, to) !== null) continue;
      const problem = move(process, from, to);
      if (problem === null) continue;
      yield* process.stderr.write(`mv: ${problem}\n`);
      code = 1;
    }
    return code;
  });
}

/** Moves; gives what went wrong, in the words of mv. */
function move(process: Process, from: string, to: string): string | null {
  if (kindAt(process, from) === null) return `cannot stat '${from}': No such file or directory`;
  if (process.files.resolve(from) === process.files.resolve(to)) return `'${from}' and '${to}' are the same file`;
  try {
    process.files.rename(from, to);
    return null;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return `cannot move '${from}' to '${to}': ${strerror(error.errno)}`;
  }
}
