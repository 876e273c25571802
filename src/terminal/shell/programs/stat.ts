import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { FileKind, FileStat, Process } from '../../process.ts';
import { missingOperand } from './file-operands.ts';
import { valueFor, withOptions } from './options.ts';
import { timeText } from './time-text.ts';

const KINDS: Readonly<Record<FileKind, string>> = {
  file: 'regular file',
  directory: 'directory',
  block: 'block special file',
  character: 'character special file',
};

/** `stat [-c FORMAT] FILE…`: what this machine's files have, which is name, size, kind and time. */
export function* stat(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'c:L', long: { format: 'c' } }, function* (options) {
    if (options.operands.length === 0) return yield* missingOperand(process);
    const format = valueFor(options, 'c');
    let code = 0;
    for (const operand of options.operands) {
      try {
        const found = process.files.stat(operand);
        yield* process.stdout.write(format === undefined ? usual(operand, found) : formatted(format, operand, found));
      } catch (error) {
        if (!(error instanceof CephError) || error.is('EPIPE')) throw error;
        yield* process.stderr.write(`stat: cannot statx '${operand}': ${strerror(error.errno)}\n`);
        code = 1;
      }
    }
    return code;
  });
}

function kindText({ kind, size }: FileStat): string {
  return kind === 'file' && size === 0 ? 'regular empty file' : KINDS[kind];
}

function usual(name: string, found: FileStat): string {
  const time = timeText(found.modified_us, '%Y-%m-%d %H:%M:%S.%N %z');
  const size = String(found.size).padEnd(10);
  const blocks = String(Math.ceil(found.size / 4096) * 8).padEnd(10);
  return `  File: ${name}\n  Size: ${size}\tBlocks: ${blocks} IO Block: 4096   ${kindText(found)}\nModify: ${time}\n`;
}

function formatted(format: string, name: string, found: FileStat): string {
  const fields: Readonly<Record<string, string>> = {
    '%': '%',
    n: name,
    s: String(found.size),
    F: kindText(found),
    y: timeText(found.modified_us, '%Y-%m-%d %H:%M:%S.%N %z'),
    Y: String(Math.floor(found.modified_us / 1e6)),
    b: String(Math.ceil(found.size / 4096) * 8),
    B: '512',
    U: 'root',
    G: 'root',
  };
  return `${format.replace(/%([a-zA-Z%])/g, (_, letter: string) => fields[letter] ?? '?')}\n`;
}
