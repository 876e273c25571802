import { CephError, strerror } from '../../engine/base/errno.ts';
import { EXIT_INTERRUPTED } from '../../engine/base/exit-codes.ts';
import { type RecordStore, type Table, tableName } from '../../engine/base/records.ts';
import type { Task } from '../../engine/base/task.ts';
import type { Cluster } from '../../engine/cluster/cluster.ts';
import { OsdFiles } from '../../engine/cluster/osd-files/osd-files.ts';
import { EXIT_NOT_YET } from '../cli/command.ts';
import { provideFilesOf } from '../cli/rbd/provide-files.ts';
import type { FileSystem, InputStream, OutputStream, Program } from '../process.ts';
import { Devices } from './devices.ts';
import { type Brought, Environment, HOME } from './environment.ts';
import { runScript } from './exec/execute.ts';
import { complain, filesOf, type History, type Machine, type Scope } from './exec/scope.ts';
import { ExitSignal } from './exec/signals.ts';
import { EXIT_NOT_FOUND, runProgram } from './exec/simple.ts';
import { ExpansionError } from './expand/expand.ts';
import { Files } from './files.ts';
import { NO_INPUT, type Streams } from './io/streams.ts';
import { ScriptReader } from './syntax/parser.ts';
import { NotYetError, ShellSyntaxError } from './syntax/syntax-error.ts';

/** Where the shell reads from and writes to. */
export interface Terminal {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin?: InputStream;
  /** What whoever sits there brings along, as ssh does with LC_MESSAGES; asked for again and again. */
  readonly variables?: Brought;
}

/** Bounds of the history that is kept. */
const MOST_HISTORY = 1000;
const HISTORY = tableName<readonly string[]>('shell/history');

/**
 * A shell on the simulated machine. What it knows (variables, directory, last exit code, files, devices) lies in
 * the cluster's records alone, so that undo, travel in time and reload need nothing of it.
 */
export class Shell {
  readonly #cluster: Cluster;
  readonly #programs: ReadonlyMap<string, Program>;
  readonly #terminal: Terminal;
  readonly #env: Environment;
  readonly files: Files;
  readonly devices: Devices;
  readonly #history: Table<readonly string[]>;

  constructor(cluster: Cluster, programs: ReadonlyMap<string, Program>, terminal: Terminal) {
    this.#cluster = cluster;
    this.#programs = programs;
    this.#terminal = terminal;
    const records: RecordStore = cluster.records;
    this.#env = Environment.ofRecords(records, terminal.variables);
    this.files = new Files(cluster, new OsdFiles(cluster));
    this.devices = new Devices(cluster);
    this.#history = records.table(HISTORY);
  }

  /** `~` or the path: what stands before the `#` of the prompt. */
  get directory(): string {
    const { cwd } = this.#env;
    return cwd === HOME ? '~' : cwd.startsWith(`${HOME}/`) ? `~${cwd.slice(HOME.length)}` : cwd;
  }

  get prompt(): string {
    return `root@radoscope:${this.directory}# `;
  }

  /** `$?`. */
  get lastExit(): number {
    return this.#env.lastExit;
  }

  get environment(): Environment {
    return this.#env;
  }

  get history(): readonly string[] {
    return this.#history.get('lines') ?? [];
  }

  /**
   * Runs a command line (or several), as typed. Gives the exit code. Dropping the task (`return()`) is Ctrl-C:
   * every command's `finally` blocks run, and `$?` becomes 130.
   */
  *run(line: string): Task<number> {
    this.#remember(line);
    return yield* this.#runText(line, 'bash', false);
  }

  /** Runs a script file's text; messages carry its name and line numbers. */
  *runScript(text: string, name: string, args: readonly string[] = []): Task<number> {
    this.#env.arguments = args;
    return yield* this.#runText(text, name, true);
  }

  /**
   * Runs one program with these very words, without reading them as a shell does; its variables and streams may be
   * given. For recorded sessions and the like. Gives the exit code, 127 where there is no such program.
   */
  *exec(argv: readonly string[], env: ReadonlyMap<string, string>, streams: Streams): Task<number> {
    const scope = { ...this.#scope('bash', false), streams };
    this.#rejoinDevices(scope);
    const program = this.#programs.get(argv[0] ?? '');
    if (program === undefined) {
      yield* complain(scope, `${argv[0]}: command not found`);
      return EXIT_NOT_FOUND;
    }
    return yield* runProgram(program, argv, env, scope);
  }

  /** Files as a command sees them that runs in the shell's directory. */
  view(streams: Streams): FileSystem {
    return filesOf({ ...this.#scope('bash', false), streams });
  }

  /** After records were brought back (undo, travel in time): forgets what was open. */
  resume(): void {
    this.devices.forgetHandles();
    this.files.recount();
  }

  *#runText(text: string, name: string, script: boolean): Task<number> {
    const scope = this.#scope(name, script);
    this.files.recount();
    this.#rejoinDevices(scope);
    let finished = false;
    try {
      const code = yield* this.#lines(text, scope);
      this.#env.lastExit = code;
      finished = true;
      return code;
    } finally {
      if (!finished) this.#env.lastExit = EXIT_INTERRUPTED;
    }
  }

  /** Images that are mapped may read through to files: those that the command finds. */
  #rejoinDevices(scope: Scope): void {
    provideFilesOf(this.#cluster, filesOf(scope));
    this.devices.rejoin();
  }

  *#lines(text: string, scope: Scope): Task<number> {
    let code = 0;
    try {
      const reader = new ScriptReader(text);
      for (let line = reader.next(); line !== null; line = reader.next()) {
        code = yield* runScript(line, scope);
      }
      return code;
    } catch (error) {
      if (error instanceof ExitSignal) return error.code;
      if (error instanceof ShellSyntaxError) return yield* syntaxError(error, scope, text);
      return yield* lineFailure(error, scope);
    }
  }

  #scope(name: string, script: boolean): Scope {
    const { stdin = NO_INPUT, stdout, stderr } = this.#terminal;
    const machine: Machine = {
      cluster: this.#cluster,
      devices: this.devices,
      files: this.files,
      programs: this.#programs,
      history: this.#historyAccess(),
      name,
      script,
    };
    return { machine, env: this.#env, streams: { stdin, stdout, stderr }, tested: false, loops: 0, depth: 0 };
  }

  #historyAccess(): History {
    return { lines: () => this.history, clear: () => this.#history.delete('lines') };
  }

  #remember(line: string): void {
    const trimmed = line.trim();
    if (trimmed === '' || this.history.at(-1) === trimmed) return;
    this.#history.set('lines', [...this.history, trimmed].slice(-MOST_HISTORY));
  }
}

/** What ends a line as a whole: a bound that was reached, syntax that is not there yet. */
function* lineFailure(error: unknown, scope: Scope): Task<number> {
  if (error instanceof NotYetError) {
    yield* complain(scope, `${error.message}: not there yet`);
    return EXIT_NOT_YET;
  }
  const text =
    error instanceof ExpansionError ? error.message : error instanceof CephError ? strerror(error.errno) : null;
  if (text === null) throw error;
  yield* complain(scope, text);
  return 1;
}

/** Tells a syntax error as bash does; a script's message is followed by the line itself. */
function* syntaxError(error: ShellSyntaxError, scope: Scope, text: string): Task<number> {
  yield* complain(scope, error.message, error.line);
  if (scope.machine.script && error.message.includes('near unexpected token')) {
    yield* complain(scope, `\`${text.split('\n')[error.line - 1] ?? ''}'`, error.line);
  }
  return 2;
}

/** Whether a line wants another one after it: an open quote, a pipe at its end, a loop without `done`. */
export function isIncomplete(text: string): boolean {
  try {
    const reader = new ScriptReader(text);
    while (reader.next() !== null);
    return false;
  } catch (error) {
    return error instanceof ShellSyntaxError && error.incomplete;
  }
}
