import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { joinPath } from '../paths.ts';
import { kindAt } from './file-operands.ts';
import { has, withOptions } from './options.ts';
import { destinations } from './transfer.ts';

const BYTES_PER_US = 2500;

/** `cp [-r] SOURCE… TARGET`: content goes as references. */
export function* cp(process: Process): Task<number> {
  const long = { recursive: 'r', archive: 'a', force: 'f' };
  return yield* withOptions(process, { letters: 'rRafpv', long }, function* (options) {
    const pairs = yield* destinations(process, options.operands);
    if (pairs === null) return 1;
    const recursive = has(options, 'r') || has(options, 'R') || has(options, 'a');
    let code = 0;
    for (const { from, to } of pairs) {
      const problem = yield* copy(process, from, to, recursive);
      if (problem === null) continue;
      yield* process.stderr.write(`cp: ${problem}\n`);
      code = 1;
    }
    return code;
  });
}

function* copy(process: Process, from: string, to: string, recursive: boolean): Task<string | null> {
  const kind = kindAt(process, from);
  if (kind === null) return `cannot stat '${from}': No such file or directory`;
  if (process.files.resolve(from) === process.files.resolve(to)) return `'${from}' and '${to}' are the same file`;
  if (kind === 'directory' && !recursive) return `-r not specified; omitting directory '${from}'`;
  try {
    if (kind === 'directory') return yield* copyDirectory(process, from, to);
    const source = process.files.open(from, 'read');
    const target = process.files.open(to, 'write');
    for (let off = 0; ; ) {
      const data = yield* source.readAt(off, 64 * 1024 * 1024);
      if (data.length === 0) return null;
      yield* target.writeAt(off, data);
      off += data.length;
      yield Math.ceil(data.length / BYTES_PER_US);
    }
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return error.is('ENOSPC')
      ? `error writing '${to}': ${strerror(error.errno)}`
      : `cannot create regular file '${to}': ${strerror(error.errno)}`;
  }
}

function* copyDirectory(process: Process, from: string, to: string): Task<string | null> {
  if (`${process.files.resolve(to)}/`.startsWith(`${process.files.resolve(from)}/`)) {
    return `cannot copy a directory, '${from}', into itself, '${to}'`;
  }
  if (kindAt(process, to) === null) process.files.makeDirectory(to);
  for (const name of process.files.list(from)) {
    const problem = yield* copy(process, joinPath(from, name), joinPath(to, name), true);
    if (problem !== null) return problem;
  }
  return null;
}
