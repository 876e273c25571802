import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { explainFor } from '../../cli/explain/explain.ts';
import type { Program } from '../../process.ts';
import { BUILTINS } from '../builtins/builtins.ts';
import { type ExpandContext, expandText, expandWords } from '../expand/expand.ts';
import { nearest } from '../nearest.ts';
import type { SimpleCommand } from '../syntax/ast.ts';
import { insteadOf } from './absent-programs.ts';
import { EXIT_PIPE, expandContext, orComplaint, runScript, withRedirects } from './execute.ts';
import { type Builtin, complain, filesOf, type Scope } from './scope.ts';

/** Starting a program takes about this long, a builtin's turn far less. */
const START_US = 800;
const BUILTIN_US = 5;

export const EXIT_NOT_FOUND = 127;

/** Said of a name that is near another one. */
export const DID_YOU_MEAN = "Did you mean '%s'? Type 'help' to see what there is.";

/** A plain command: variables before it, its words expanded, its redirections, then the builtin or program itself. */
export function* runSimple(command: SimpleCommand, scope: Scope): Task<number> {
  const { line } = command;
  const context = capturing(scope);
  const argv = yield* orComplaint(expandWords(command.words, context), scope, line);
  if (argv === null) return 1;
  return yield* withRedirects(command.redirects, scope, line, function* (inner) {
    const values = yield* orComplaint(assignmentValues(command, context), inner, line);
    if (values === null) return 1;
    yield* trace(inner, values, argv);
    if (argv.length > 0) return yield* runNamed(argv, values, inner, line);
    for (const [name, value] of values) scope.env.set(name, value);
    return context.hasCaptured() ? scope.env.lastExit : 0;
  });
}

/** Knows whether a `$( )` has run, whose exit code is that of a command without a name. */
function capturing(scope: Scope): ExpandContext & { hasCaptured(): boolean } {
  const context = expandContext(scope);
  let hasCaptured = false;
  return {
    ...context,
    capture: (script) => {
      hasCaptured = true;
      return context.capture(script);
    },
    hasCaptured: () => hasCaptured,
  };
}

function* assignmentValues(command: SimpleCommand, context: ExpandContext): Task<Map<string, string>> {
  const values = new Map<string, string>();
  for (const { name, value } of command.assignments) values.set(name, yield* expandText(value, context));
  return values;
}

/** `set -x`: the command on standard error before it runs. */
function* trace(scope: Scope, values: ReadonlyMap<string, string>, argv: readonly string[]): Task<void> {
  if (!scope.env.option('xtrace')) return;
  const words = [...[...values].map(([name, value]) => `${name}=${quote(value)}`), ...argv.map(quote)];
  yield* scope.streams.stderr.write(`+ ${words.join(' ')}\n`);
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function* runNamed(
  argv: readonly string[],
  values: ReadonlyMap<string, string>,
  scope: Scope,
  line: number,
): Task<number> {
  const name = argv[0] ?? '';
  const builtin = BUILTINS.get(name);
  if (builtin !== undefined) {
    yield BUILTIN_US;
    return yield* runBuiltin(builtin, argv, values, scope);
  }
  const program = scope.machine.programs.get(programName(name));
  if (program === undefined) return yield* notFound(name, scope, line);
  yield START_US;
  return yield* runProgram(program, argv, values, scope);
}

/** `/usr/bin/rbd` is `rbd`. */
function programName(name: string): string {
  return /^\/(?:usr\/(?:local\/)?)?s?bin\/([^/]+)$/.exec(name)?.[1] ?? name;
}

function* runBuiltin(
  builtin: Builtin,
  argv: readonly string[],
  values: ReadonlyMap<string, string>,
  scope: Scope,
): Task<number> {
  const before = [...values.keys()].map((name) => [name, scope.env.get(name)] as const);
  for (const [name, value] of values) scope.env.set(name, value);
  try {
    return yield* builtin({ argv, scope, files: filesOf(scope), run: runScript });
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    if (error.is('EPIPE')) return EXIT_PIPE;
    yield* complain(scope, `${argv[0]}: ${strerror(error.errno)}`);
    return 1;
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) scope.env.unset(name);
      else scope.env.set(name, value);
    }
  }
}

/** Starts a program. What it throws as an errno and does not tell itself ends it with exit code 1. */
export function* runProgram(
  program: Program,
  argv: readonly string[],
  values: ReadonlyMap<string, string>,
  scope: Scope,
): Task<number> {
  const { machine, streams } = scope;
  const env = scope.env.exported();
  for (const [name, value] of values) env.set(name, value);
  const process = { argv, env, ...streams, files: filesOf(scope), cluster: machine.cluster, devices: machine.devices };
  try {
    return yield* program(process);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    if (error.is('EPIPE')) return EXIT_PIPE;
    yield* streams.stderr.write(`${argv[0]}: ${strerror(error.errno)}\n`);
    return 1;
  }
}

function* notFound(name: string, scope: Scope, line: number): Task<number> {
  if (name.includes('/')) return yield* notExecutable(name, scope, line);
  yield* complain(scope, `${name}: command not found`, line);
  const hint = hintFor(name, scope);
  if (hint !== null) yield* scope.streams.stderr.write(`${hint}\n`);
  return EXIT_NOT_FOUND;
}

/** What to do without it, or what may have been meant; the page's terminal has a link for that. */
function hintFor(name: string, { machine, env, streams }: Scope): string | null {
  const say = explainFor(env.exported());
  const instead = insteadOf(name);
  if (instead !== undefined) return say(instead);
  if (streams.stderr.isTty) return null;
  const near = nearest(name, [...machine.programs.keys(), ...BUILTINS.keys()]);
  return near === null ? null : say(DID_YOU_MEAN).replace('%s', near);
}

function* notExecutable(name: string, scope: Scope, line: number): Task<number> {
  try {
    const { kind } = filesOf(scope).stat(name);
    yield* complain(scope, `${name}: ${kind === 'directory' ? 'Is a directory' : 'Permission denied'}`, line);
    return 126;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* complain(scope, `${name}: ${strerror(error.errno)}`, line);
    return EXIT_NOT_FOUND;
  }
}
