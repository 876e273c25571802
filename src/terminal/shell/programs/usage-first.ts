import type { Task } from '../../../engine/base/task.ts';
import { explainFor } from '../../cli/explain/explain.ts';
import type { Process, Program } from '../../process.ts';
import type { ToolPage } from './manual.ts';

/** Programs that take `--help` for a word like any other, as the shell's own do. */
const NONE: readonly string[] = ['[', 'echo', 'false', 'printf', 'test', 'true'];

/** The program, which with `--help` alone tells how it is used. */
export function usageFirst(page: ToolPage, program: Program): Program {
  if (NONE.includes(page.name)) return program;
  return (process) =>
    process.argv.length === 2 && process.argv[1] === '--help' ? help(page, process) : program(process);
}

function* help({ synopsis, summary }: ToolPage, process: Process): Task<number> {
  yield* process.stdout.write(`Usage: ${synopsis}\n${explainFor(process.env)(summary)}\n`);
  return 0;
}
