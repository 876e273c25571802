import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { baseName, parentOf } from '../paths.ts';
import { missingOperand } from './file-operands.ts';

/** `basename PATH [SUFFIX]`. */
export function* basename(process: Process): Task<number> {
  const [, path, suffix = ''] = process.argv;
  if (path === undefined) return yield* missingOperand(process);
  const name = baseName(path);
  const cut = suffix !== '' && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name;
  yield* process.stdout.write(`${cut}\n`);
  return 0;
}

/** `dirname PATH`. */
export function* dirname(process: Process): Task<number> {
  const [, path] = process.argv;
  if (path === undefined) return yield* missingOperand(process);
  const plain = path.replace(/(?<=.)\/+$/, '');
  yield* process.stdout.write(`${plain.includes('/') ? parentOf(plain) : '.'}\n`);
  return 0;
}
