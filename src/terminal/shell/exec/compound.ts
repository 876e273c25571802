import type { Task } from '../../../engine/base/task.ts';
import { expandWords } from '../expand/expand.ts';
import type { ForCommand, IfCommand, Script, WhileCommand } from '../syntax/ast.ts';
import { expandContext, orComplaint, runScript } from './execute.ts';
import type { Scope } from './scope.ts';
import { LoopSignal } from './signals.ts';

/** One turn of a loop takes at least this long, so that an endless loop lets others run and can be stopped. */
const TURN_US = 10;

export function* runFor(command: ForCommand, scope: Scope): Task<number> {
  const values = yield* orComplaint(expandWords(command.words, expandContext(scope)), scope, command.line);
  if (values === null) return 1;
  let code = 0;
  for (const value of values) {
    yield TURN_US;
    scope.env.set(command.variable, value);
    const turn = yield* runTurn(command.body, { ...scope, loops: scope.loops + 1 });
    code = turn.code;
    if (turn.over) break;
  }
  return code;
}

export function* runWhile(command: WhileCommand, scope: Scope): Task<number> {
  let code = 0;
  for (;;) {
    yield TURN_US;
    const condition = yield* runScript(command.condition, { ...scope, tested: true });
    if ((condition === 0) === command.until) return code;
    const turn = yield* runTurn(command.body, { ...scope, loops: scope.loops + 1 });
    code = turn.code;
    if (turn.over) return code;
  }
}

export function* runIf(command: IfCommand, scope: Scope): Task<number> {
  for (const { condition, body } of command.branches) {
    const code = yield* runScript(condition, { ...scope, tested: true });
    if (code === 0) return yield* runScript(body, scope);
  }
  return yield* runScript(command.otherwise, scope);
}

/** The loop's body once; `break` and `continue` of outer loops are passed on. */
function* runTurn(body: Script, scope: Scope): Task<{ code: number; over: boolean }> {
  try {
    return { code: yield* runScript(body, scope), over: false };
  } catch (error) {
    if (!(error instanceof LoopSignal)) throw error;
    if (error.levels > 1) throw new LoopSignal(error.kind, error.levels - 1);
    return { code: 0, over: error.kind === 'break' };
  }
}
