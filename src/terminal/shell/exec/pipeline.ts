import { parallel } from '../../../engine/base/parallel.ts';
import type { Task } from '../../../engine/base/task.ts';
import { Pipe } from '../io/pipe.ts';
import type { Command } from '../syntax/ast.ts';
import { contained, runCommand } from './execute.ts';
import type { Scope } from './scope.ts';

/** Runs the stages beside each other, joined by pipes. The exit code is the last one's (`pipefail`: the last failure). */
export function* runPipeline(stages: readonly Command[], scope: Scope): Task<number> {
  const [only] = stages;
  if (only !== undefined && stages.length === 1) return yield* runCommand(only, scope);
  const pipes = stages.slice(1).map(() => new Pipe());
  const tasks = stages.map((stage, index) => runStage(stage, scope, pipes[index - 1] ?? null, pipes[index] ?? null));
  const codes = yield* parallel(tasks);
  const failure = scope.env.option('pipefail') ? codes.findLast((code) => code !== 0) : undefined;
  return failure ?? codes.at(-1) ?? 0;
}

/** One stage: a subshell between two pipes, whose ends it closes when it is over, however it ends. */
function* runStage(stage: Command, scope: Scope, from: Pipe | null, to: Pipe | null): Task<number> {
  const { stdin, stdout, stderr } = scope.streams;
  const streams = { stdin: from ?? stdin, stdout: to ?? stdout, stderr };
  try {
    return yield* contained(runCommand(stage, { ...scope, streams, env: scope.env.fork(), loops: 0 }));
  } finally {
    from?.closeReader();
    to?.closeWriter();
  }
}
