import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { parentOf } from '../paths.ts';
import { eachOperand, kindAt, missingOperand } from './file-operands.ts';
import { has, withOptions } from './options.ts';

/** `mkdir [-p] DIRECTORY…`. */
export function* mkdir(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'pvm:', long: { parents: 'p' } }, function* (options) {
    if (options.operands.length === 0) return yield* missingOperand(process);
    return yield* eachOperand(process, options.operands, 'cannot create directory', function* (operand) {
      if (has(options, 'p')) makeAll(process, process.files.resolve(operand));
      else process.files.makeDirectory(operand);
    });
  });
}

function makeAll(process: Process, path: string): void {
  const kind = kindAt(process, path);
  if (kind === 'directory') return;
  if (kind !== null) throw new CephError('EEXIST', path);
  if (path !== '/') makeAll(process, parentOf(path));
  process.files.makeDirectory(path);
}
