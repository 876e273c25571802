import { NO_DATA } from '../../../engine/base/data.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { eachOperand, kindAt, missingOperand } from './file-operands.ts';
import { has, withOptions } from './options.ts';

/** `touch [-c] FILE…`. */
export function* touch(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'cam', long: { 'no-create': 'c' } }, function* (options) {
    if (options.operands.length === 0) return yield* missingOperand(process, 'missing file operand');
    return yield* eachOperand(process, options.operands, 'cannot touch', function* (operand) {
      const kind = kindAt(process, operand);
      if (kind === 'directory' || (kind === null && has(options, 'c'))) return;
      const file = process.files.open(operand, 'update');
      // Writing nothing stamps the file with the time of now.
      yield* file.writeAt(file.size(), NO_DATA);
    });
  });
}
