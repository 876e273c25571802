import type { Task } from '../../../engine/base/task.ts';
import { type BuiltinCall, complain } from '../exec/scope.ts';

/** `history`, `history N`, `history -c`. */
export function* historyBuiltin({ argv, scope }: BuiltinCall): Task<number> {
  const [, argument] = argv;
  const { history } = scope.machine;
  if (argument === '-c') {
    history.clear();
    return 0;
  }
  if (argument !== undefined && !/^\d+$/.test(argument)) {
    yield* complain(scope, `history: ${argument}: numeric argument required`);
    return 1;
  }
  const lines = history.lines();
  const from = argument === undefined ? 0 : Math.max(0, lines.length - Number(argument));
  const shown = lines.slice(from).map((line, index) => `${String(from + index + 1).padStart(5)}  ${line}\n`);
  yield* scope.streams.stdout.write(shown.join(''));
  return 0;
}
