import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { type ByteSource, openSource } from './byte-source.ts';
import type { RbdRun } from './command.ts';

/** Opens what is to be read, and says which file could not be opened. */
export function* sourceOrTell(run: RbdRun, path: string): Task<ByteSource> {
  try {
    return openSource(run.process, path);
  } catch (error) {
    if (error instanceof CephError && !error.is('EISDIR')) yield* run.complain(`rbd: error opening ${path}\n`);
    if (error instanceof CephError && error.is('EISDIR')) yield* run.complain('rbd: cannot import a directory\n');
    throw error;
  }
}
