import type { Task } from '../../../engine/base/task.ts';
import type { Cluster } from '../../../engine/cluster/cluster.ts';
import type { FileSystem, Program } from '../../process.ts';
import type { Devices } from '../devices.ts';
import type { Environment } from '../environment.ts';
import type { Files } from '../files.ts';
import type { Streams } from '../io/streams.ts';
import type { Script } from '../syntax/ast.ts';

/** What stays the same while a line runs. */
export interface Machine {
  readonly cluster: Cluster;
  readonly devices: Devices;
  readonly files: Files;
  readonly programs: ReadonlyMap<string, Program>;
  readonly history: History;
  /** `bash`, or the script's name: what begins error messages. */
  readonly name: string;
  /** True for a script, whose messages tell the line. */
  readonly script: boolean;
}

export interface History {
  lines(): readonly string[];
  clear(): void;
}

/** Where a command runs: its variables, its streams, and how to run commands within it. */
export interface Scope {
  readonly machine: Machine;
  readonly env: Environment;
  readonly streams: Streams;
  /** True in the condition of `if` and `while`, and left of `&&` and `||`: there `set -e` does not end the shell. */
  readonly tested: boolean;
  /** How many loops are around it. */
  readonly loops: number;
  /** How many substitutions and the like are around it. */
  readonly depth: number;
}

/** Runs commands in a scope; gives the exit code. The executor itself, passed on so that builtins can call it. */
export type RunScript = (script: Script, scope: Scope) => Task<number>;

/** A command that works on the shell itself. */
export type Builtin = (call: BuiltinCall) => Task<number>;

export interface BuiltinCall {
  readonly argv: readonly string[];
  readonly scope: Scope;
  readonly files: FileSystem;
  readonly run: RunScript;
}

/** Writes a message as bash does: `bash: cd: x: No such file or directory`. */
export function* complain(scope: Scope, message: string, line = 0): Task<void> {
  const { name, script } = scope.machine;
  yield* scope.streams.stderr.write(`${name}: ${script && line > 0 ? `line ${line}: ` : ''}${message}\n`);
}

/** The files as commands of this scope see them. */
export function filesOf({ machine, env, streams }: Scope): FileSystem {
  return machine.files.view({ cwd: env.cwd, streams, devices: machine.devices });
}
