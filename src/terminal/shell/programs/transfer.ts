import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { baseName, joinPath } from '../paths.ts';
import { kindAt, missingOperand } from './file-operands.ts';
import { fail } from './options.ts';

/** The sources of `mv` and `cp`, each with the path it goes to; null once wrong usage has been told. */
export function* destinations(
  process: Process,
  operands: readonly string[],
): Task<readonly { readonly from: string; readonly to: string }[] | null> {
  const target = operands.at(-1);
  if (target === undefined || operands.length === 1) {
    yield* missingOperand(
      process,
      target === undefined ? 'missing file operand' : `missing destination file operand after '${target}'`,
    );
    return null;
  }
  const sources = operands.slice(0, -1);
  const intoDirectory = kindAt(process, target) === 'directory';
  if (sources.length > 1 && !intoDirectory) {
    const [name] = process.argv;
    yield* fail(
      process,
      name === 'cp' || name === 'mv'
        ? `target '${target}'${kindAt(process, target) === null ? ': No such file or directory' : ' is not a directory'}`
        : '',
    );
    return null;
  }
  return sources.map((from) => ({ from, to: intoDirectory ? joinPath(target, baseName(from)) : target }));
}
