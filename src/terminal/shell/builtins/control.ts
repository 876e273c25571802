import type { Task } from '../../../engine/base/task.ts';
import { type BuiltinCall, complain } from '../exec/scope.ts';
import { ExitSignal, LoopSignal } from '../exec/signals.ts';

export function* exitBuiltin({ argv, scope }: BuiltinCall): Task<number> {
  const [, code] = argv;
  if (code === undefined) throw new ExitSignal(scope.env.lastExit);
  if (!/^[+-]?\d+$/.test(code)) {
    yield* complain(scope, `exit: ${code}: numeric argument required`);
    throw new ExitSignal(2);
  }
  throw new ExitSignal(((Number(code) % 256) + 256) % 256);
}

export function* breakBuiltin(call: BuiltinCall): Task<number> {
  return yield* leave('break', call);
}

export function* continueBuiltin(call: BuiltinCall): Task<number> {
  return yield* leave('continue', call);
}

function* leave(kind: 'break' | 'continue', { argv, scope }: BuiltinCall): Task<number> {
  if (scope.loops === 0) {
    yield* complain(scope, `${kind}: only meaningful in a \`for', \`while', or \`until' loop`);
    return 0;
  }
  const levels = Number(argv[1] ?? 1);
  if (Number.isInteger(levels) && levels > 0) throw new LoopSignal(kind, Math.min(levels, scope.loops));
  yield* complain(
    scope,
    `${kind}: ${argv[1]}: ${Number.isInteger(levels) ? 'loop count out of range' : 'numeric argument required'}`,
  );
  return 1;
}
