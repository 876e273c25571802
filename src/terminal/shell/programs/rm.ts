import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { joinPath } from '../paths.ts';
import { eachOperand, kindAt, missingOperand } from './file-operands.ts';
import { has, type Options, withOptions } from './options.ts';

const LONG = { recursive: 'r', force: 'f', dir: 'd', verbose: 'v' };

/** `rm [-rfd] FILE…`. */
export function* rm(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'rRfdvi', long: LONG }, function* (options) {
    if (options.operands.length === 0) return has(options, 'f') ? 0 : yield* missingOperand(process);
    return yield* eachOperand(process, options.operands, 'cannot remove', function* (operand) {
      remove(process, operand, options);
    });
  });
}

function remove(process: Process, path: string, options: Options): void {
  const kind = kindAt(process, path);
  if (kind === null && has(options, 'f')) return;
  const recursive = has(options, 'r') || has(options, 'R');
  if (kind === 'directory') {
    if (!recursive && !has(options, 'd')) throw new CephError('EISDIR', path);
    if (recursive) for (const name of process.files.list(path)) remove(process, joinPath(path, name), options);
  }
  process.files.remove(path);
}
