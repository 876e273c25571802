import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { FileKind, Process } from '../../process.ts';

/** What is at a path; null where nothing is. */
export function kindAt(process: Process, path: string): FileKind | null {
  try {
    return process.files.stat(path).kind;
  } catch (error) {
    if (error instanceof CephError) return null;
    throw error;
  }
}

/** Runs `body` for each operand; a failure is told as `name: WHAT 'operand': reason` and makes the exit code 1. */
export function* eachOperand(
  process: Process,
  operands: readonly string[],
  what: string,
  body: (operand: string) => Task<void>,
): Task<number> {
  let code = 0;
  for (const operand of operands) {
    try {
      yield* body(operand);
    } catch (error) {
      if (!(error instanceof CephError) || error.is('EPIPE')) throw error;
      yield* process.stderr.write(`${process.argv[0]}: ${what} '${operand}': ${strerror(error.errno)}\n`);
      code = 1;
    }
  }
  return code;
}

/** `missing operand`, in the words of coreutils. */
export function* missingOperand(process: Process, text = 'missing operand'): Task<number> {
  const [name] = process.argv;
  yield* process.stderr.write(`${name}: ${text}\nTry '${name} --help' for more information.\n`);
  return 1;
}
