import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { type BuiltinCall, complain } from '../exec/scope.ts';

export function* cdBuiltin({ argv, scope, files }: BuiltinCall): Task<number> {
  const [, wanted = scope.env.get('HOME') ?? '/', extra] = argv;
  if (extra !== undefined) {
    yield* complain(scope, 'cd: too many arguments');
    return 1;
  }
  const back = wanted === '-';
  const path = back ? scope.env.get('OLDPWD') : wanted;
  if (path === undefined) {
    yield* complain(scope, 'cd: OLDPWD not set');
    return 1;
  }
  try {
    if (files.stat(path).kind !== 'directory') throw new CephError('ENOTDIR');
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* complain(scope, `cd: ${path}: ${strerror(error.errno)}`);
    return 1;
  }
  scope.env.set('OLDPWD', scope.env.cwd);
  scope.env.cwd = files.resolve(path);
  if (back) yield* scope.streams.stdout.write(`${scope.env.cwd}\n`);
  return 0;
}

export function* pwdBuiltin({ scope }: BuiltinCall): Task<number> {
  yield* scope.streams.stdout.write(`${scope.env.cwd}\n`);
  return 0;
}
