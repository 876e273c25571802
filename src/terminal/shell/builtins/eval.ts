import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode } from '../../../engine/base/utf8.ts';
import { sizeToRead } from '../../cli/format/size-to-read.ts';
import { deeper } from '../exec/execute.ts';
import { type BuiltinCall, complain } from '../exec/scope.ts';
import { parseScript } from '../syntax/parser.ts';
import { ShellSyntaxError } from '../syntax/syntax-error.ts';

export function* evalBuiltin(call: BuiltinCall): Task<number> {
  return yield* runText(call.argv.slice(1).join(' '), 'eval', call);
}

/** `source FILE` and `. FILE`: runs a file's commands in this shell. */
export function* sourceBuiltin(call: BuiltinCall): Task<number> {
  const { argv, scope, files } = call;
  const [name, path] = argv;
  if (path === undefined) {
    yield* complain(scope, `${name}: filename argument required`);
    return 2;
  }
  try {
    const file = files.open(path, 'read');
    const data = yield* file.readAt(0, sizeToRead(file));
    return yield* runText(utf8Decode(bytesOfData(data)), path, call);
  } catch (error) {
    if (!(error instanceof CephError) || error.is('EPIPE')) throw error;
    yield* complain(scope, `${path}: ${strerror(error.errno)}`);
    return 1;
  }
}

function* runText(text: string, name: string, { scope, run }: BuiltinCall): Task<number> {
  try {
    return yield* run(parseScript(text), deeper(scope));
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    yield* complain(scope, `${name}: line ${error.line}: ${error.message}`);
    return 2;
  }
}
