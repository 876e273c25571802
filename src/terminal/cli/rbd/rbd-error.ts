import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';

/** An end that the tool itself words: lines for stderr, and the exit code. */
export class RbdError extends Error {
  override readonly name = 'RbdError';
  readonly exitCode: number;

  /** `message` goes to stderr with `prefix` before it; an empty message says nothing. */
  constructor(message: string, exitCode: number, prefix = 'rbd: ') {
    super(message === '' ? '' : prefix + message);
    this.exitCode = exitCode;
  }
}

/** Runs a task; what Ceph answers with an errno ends the tool with `rbd: WORDS: (2) No such file or directory`. */
export function* orFail<T>(words: string, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (error instanceof CephError) throw new RbdError(`${words}: ${cppStrerror(error.errno)}`, error.errno);
    throw error;
  }
}

/** As {@link orFail}, with words of their own for some errnos. */
export function* orSay<T>(words: string, special: Readonly<Record<number, string>>, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    const own = error instanceof CephError ? special[error.errno] : undefined;
    if (error instanceof CephError && own !== undefined) throw new RbdError(own, error.errno);
    if (error instanceof CephError) throw new RbdError(`${words}: ${cppStrerror(error.errno)}`, error.errno);
    throw error;
  }
}
