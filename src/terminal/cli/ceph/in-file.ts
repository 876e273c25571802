import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { readInput } from '../rados/input.ts';

/** What `-i` names, nothing without; undefined where it cannot be read, which is told as Python tells it. */
export function* readInFile(process: Process, path: string | undefined): Task<Uint8Array | undefined> {
  if (path === undefined) return new Uint8Array(0);
  try {
    return bytesOfData(yield* readInput(process, path));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const reason = `[Errno ${error.errno}] ${strerror(error.errno)}: '${path}'`;
    yield* process.stderr.write(`Can't open input file ${path}: ${reason}\n`);
    return undefined;
  }
}
