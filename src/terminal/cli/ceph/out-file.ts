import { bytesData } from '../../../engine/base/data.ts';
import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import type { OpenFile, OutputStream, Process } from '../../process.ts';

/** Runs with standard output going to a file, which is made or emptied first. `-` is standard output itself. */
export function* withOutFile(
  process: Process,
  path: string | undefined,
  run: (process: Process) => Task<number>,
): Task<number> {
  if (path === undefined || path === '-') return yield* run(process);
  let file: OpenFile;
  try {
    file = process.files.open(path, 'write');
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const reason = `[Errno ${error.errno}] ${strerror(error.errno)}: '${path}'`;
    yield* process.stderr.write(`Can't open output file ${path}: ${reason}\n`);
    return 1;
  }
  try {
    return yield* run({ ...process, stdout: streamInto(file) });
  } finally {
    yield* file.close();
  }
}

function streamInto(file: OpenFile): OutputStream {
  let end = 0;
  return {
    isTty: false,
    *write(text) {
      const bytes = typeof text === 'string' ? utf8Encode(text) : text;
      yield* file.writeAt(end, bytesData(bytes));
      end += bytes.length;
    },
  };
}
