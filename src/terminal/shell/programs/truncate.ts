import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { kindAt } from './file-operands.ts';
import { fail, has, type Options, valueFor, withOptions } from './options.ts';
import { sizeNumber } from './size-number.ts';

const HINT = "Try 'truncate --help' for more information.";

/** `truncate -s [+-]SIZE FILE…`, `truncate -r OTHER FILE…`. */
export function* truncate(process: Process): Task<number> {
  const long = { size: 's', 'no-create': 'c', reference: 'r' };
  return yield* withOptions(process, { letters: 's:cr:', long }, function* (options) {
    const text = valueFor(options, 's');
    const reference = valueFor(options, 'r');
    if (text === undefined && reference === undefined) {
      return yield* fail(process, `you must specify either '--size' or '--reference'\n${HINT}`);
    }
    if (options.operands.length === 0) return yield* fail(process, `missing file operand\n${HINT}`);
    const sign = /^[-+]/.exec(text ?? '')?.[0] ?? '';
    const amount =
      reference === undefined ? sizeNumber((text ?? '').slice(sign.length)) : process.files.stat(reference).size;
    if (amount === null) return yield* fail(process, `Invalid number: '${text}'`);
    return yield* resizeAll(process, options, sign, amount);
  });
}

function* resizeAll(process: Process, options: Options, sign: string, amount: number): Task<number> {
  let code = 0;
  for (const operand of options.operands) {
    if (has(options, 'c') && kindAt(process, operand) === null) continue;
    try {
      const file = process.files.open(operand, 'update');
      const size = sign === '' ? amount : file.size() + (sign === '+' ? amount : -amount);
      yield* file.truncate(Math.max(0, size));
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      code = yield* fail(process, `cannot open '${operand}' for writing: ${strerror(error.errno)}`);
    }
  }
  return code;
}
