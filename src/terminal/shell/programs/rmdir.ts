import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { missingOperand } from './file-operands.ts';
import { withOptions } from './options.ts';

/** `rmdir DIRECTORY…`: empty ones only. */
export function* rmdir(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'pv' }, function* (options) {
    if (options.operands.length === 0) return yield* missingOperand(process);
    let code = 0;
    for (const operand of options.operands) {
      try {
        if (process.files.stat(operand).kind !== 'directory') throw new CephError('ENOTDIR', operand);
        process.files.remove(operand);
      } catch (error) {
        if (!(error instanceof CephError)) throw error;
        yield* process.stderr.write(`rmdir: failed to remove '${operand}': ${strerror(error.errno)}\n`);
        code = 1;
      }
    }
    return code;
  });
}
