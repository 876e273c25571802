import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode } from '../../../engine/base/utf8.ts';
import type { OpenFile } from '../../process.ts';
import { ArithmeticError } from '../expand/arithmetic.ts';
import { type ExpandContext, ExpansionError } from '../expand/expand.ts';
import { CaptureOutput } from '../io/streams.ts';
import type { AndOrList, Command, Pipeline, Redirect, Script } from '../syntax/ast.ts';
import { runFor, runIf, runWhile } from './compound.ts';
import { runPipeline } from './pipeline.ts';
import { RedirectError, redirected } from './redirect.ts';
import { complain, filesOf, type Scope } from './scope.ts';
import { ExitSignal } from './signals.ts';
import { runSimple } from './simple.ts';

/** Bytes that a `$( )` may give. */
const MOST_CAPTURED = 1 << 24;
/** How deep substitutions, `eval` and `source` may stand in each other. */
const DEEPEST = 100;
/** What a script ends with whose variable must be set and is not. */
const EXIT_FATAL = 127;
/** What a program that wrote to a pipe without reader ends with: 128 + SIGPIPE. */
export const EXIT_PIPE = 141;

/** Runs lists one after the other; gives the exit code of the last. `set -e` throws {@link ExitSignal}. */
export function* runScript(script: Script, scope: Scope): Task<number> {
  let code = 0;
  for (const list of script) code = yield* runAndOr(list, scope);
  return code;
}

function* runAndOr({ first, rest }: AndOrList, scope: Scope): Task<number> {
  const tested = { ...scope, tested: true };
  let code = yield* runOne(first, rest.length === 0 ? scope : tested);
  for (const [index, { op, pipeline }] of rest.entries()) {
    if ((code === 0) !== (op === '&&')) continue;
    code = yield* runOne(pipeline, index === rest.length - 1 ? scope : tested);
  }
  return code;
}

function* runOne(pipeline: Pipeline, scope: Scope): Task<number> {
  const raw = yield* runPipeline(pipeline.stages, scope);
  const code = pipeline.negated ? (raw === 0 ? 1 : 0) : raw;
  scope.env.lastExit = code;
  if (code !== 0 && !pipeline.negated && !scope.tested && scope.env.option('errexit')) throw new ExitSignal(code);
  return code;
}

/** Runs one command of any kind in the scope given, with its redirections. */
export function* runCommand(command: Command, scope: Scope): Task<number> {
  if (command.kind === 'simple') return yield* runSimple(command, scope);
  return yield* withRedirects(command.redirects, scope, command.line, function* (inner) {
    switch (command.kind) {
      case 'for':
        return yield* runFor(command, inner);
      case 'while':
        return yield* runWhile(command, inner);
      case 'if':
        return yield* runIf(command, inner);
      case 'group':
        return command.subshell ? yield* runSubshell(command.body, inner) : yield* runScript(command.body, inner);
    }
  });
}

/** Runs with variables and directory of its own; `exit` ends only this. */
export function* runSubshell(body: Script, scope: Scope): Task<number> {
  return yield* contained(runScript(body, { ...scope, env: scope.env.fork(), loops: 0 }));
}

/** A task in which `exit` is caught, and a pipe without reader ends it as SIGPIPE would. */
export function* contained(task: Task<number>): Task<number> {
  try {
    return yield* task;
  } catch (error) {
    if (error instanceof ExitSignal) return error.code;
    if (error instanceof CephError && error.is('EPIPE')) return EXIT_PIPE;
    throw error;
  }
}

/** Runs `body` with the streams redirected, and closes what the redirections opened. Failures are told: exit 1. */
export function* withRedirects(
  redirects: readonly Redirect[],
  scope: Scope,
  line: number,
  body: (inner: Scope) => Task<number>,
): Task<number> {
  if (redirects.length === 0) return yield* body(scope);
  const opened: OpenFile[] = [];
  try {
    const streams = yield* orComplaint(redirected(redirects, scope.streams, expandContext(scope), opened), scope, line);
    return streams === null ? 1 : yield* body({ ...scope, streams });
  } finally {
    for (const file of opened) yield* file.close();
  }
}

/** The task's value, or null once its failure to expand or redirect has been told. */
export function* orComplaint<T>(task: Task<T>, scope: Scope, line: number): Task<T | null> {
  try {
    return yield* task;
  } catch (error) {
    const known = error instanceof ExpansionError || error instanceof ArithmeticError || error instanceof RedirectError;
    if (!known) throw error;
    yield* complain(scope, error.message, line);
    if (error instanceof ExpansionError && error.fatal) throw new ExitSignal(scope.machine.script ? EXIT_FATAL : 1);
    return null;
  }
}

export function expandContext(scope: Scope): ExpandContext {
  return {
    env: scope.env,
    files: filesOf(scope),
    shellName: scope.machine.name,
    capture: (script) => capture(script, scope),
  };
}

/** The scope one level down. Ends the line where it is too deep. */
export function deeper(scope: Scope): Scope {
  if (scope.depth >= DEEPEST) throw new ExpansionError(`maximum nesting level exceeded (${DEEPEST})`, true);
  return { ...scope, depth: scope.depth + 1 };
}

/** `$( )`: runs in a subshell; its exit code becomes `$?` for a command that is nothing but assignments. */
function* capture(script: Script, scope: Scope): Task<string> {
  const stdout = new CaptureOutput(MOST_CAPTURED);
  const streams = { ...scope.streams, stdout };
  scope.env.lastExit = yield* runSubshell(script, { ...deeper(scope), streams, tested: false });
  return utf8Decode(stdout.bytes()).replaceAll('\0', '');
}
