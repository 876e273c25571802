import { readFileSync } from 'node:fs';
import { crushtool } from '../terminal/cli/crushtool/crushtool.ts';
import { osdmaptool } from '../terminal/cli/osdmaptool/osdmaptool.ts';
import { answer } from './answer.ts';
import { runFile } from './run-file.ts';
import { serve } from './serve/serve.ts';
import { runTool } from './tool.ts';

declare const __VERSION__: string;

/** sysexits.h EX_SOFTWARE. */
const EXIT_CRASHED = 70;

const HELP = `radoscope: a Ceph RADOS and RBD cluster for the command line

  radoscope run [--seed N] [--objectstore bluestore|filestore] FILE [ARGUMENT...]
      Runs a script in the simulated shell on a fresh cluster of nine OSDs, prints what it prints and
      ends with its exit code. FILE may be - for standard input.
  radoscope serve [--socket PATH] [--osds N] [--osds-per-host N] [--seed N] [--speed N]
                  [--objectstore bluestore|filestore] [-- COMMAND...]
      Serves a fresh cluster on a Unix socket, with ceph, rados, rbd, crushtool and osdmaptool as programs for
      PATH: in the folder PATH.programs. They work on the files of this machine. The cluster's clock goes with
      the wall clock, or N times as fast. It ends with COMMAND, which has the programs on its PATH; without one, by
      a signal, when its parent ends, or by: radoscope serve --stop [--socket PATH]
  radoscope crushtool OPTION...
      Ceph's crushtool, on the files of this machine.
  radoscope osdmaptool OPTION... MAP
      Ceph's osdmaptool, on the files of this machine.
  radoscope answer
      Reads a recorded session without its answers (JSON) from standard input, runs its steps and writes
      the answers (JSON) on standard output.
  radoscope help | --help | --version
`;

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === 'run') return runFile(rest);
  if (command === 'serve') return serve(rest);
  if (command === 'crushtool') return runTool(crushtool, [command, ...rest]);
  if (command === 'osdmaptool') return runTool(osdmaptool, [command, ...rest]);
  if (command === 'answer') return answer(readFileSync(0, 'utf8'));
  if (command === '--version' || command === '-v') {
    process.stdout.write(`radoscope ${__VERSION__}\n`);
    return 0;
  }
  const asked = command === 'help' || command === '--help' || command === '-h';
  (asked ? process.stdout : process.stderr).write(HELP);
  return asked ? 0 : 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`radoscope: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = EXIT_CRASHED;
}
