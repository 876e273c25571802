import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process, Program } from '../../process.ts';
import { CEPH_VERSION } from '../ceph/version.ts';
import { type CommandRecord, EXIT_NOT_YET, hasOption, type ParsedArgs } from '../command.ts';
import { rbdCommands } from './commands.ts';
import { helpFor, usage } from './help.ts';
import { NOT_YET } from './not-yet.ts';
import { commandWords, parseArgs } from './program-options.ts';
import { RbdError } from './rbd-error.ts';

const SWITCHES: ReadonlySet<string> = new Set(
  rbdCommands.flatMap(({ options }) =>
    options
      .filter(({ type }) => type === undefined)
      .flatMap(({ long, short }) => (short === undefined ? [long] : [long, short])),
  ),
);

/**
 * The `rbd` tool: finds the command, parses its options, runs it, and words its errors.
 * @ceph src/tools/rbd/Shell.cc execute — exact, whole help texts aside
 */
export const rbd: Program = function* rbd(process: Process): Task<number> {
  const args = process.argv.slice(1);
  const [first] = args;
  if (first === undefined || first === '--help' || first === '-h') return yield* print(process, usage());
  if (first === '--version' || first === '-v')
    return yield* print(process, `${CEPH_VERSION} (stable - RelWithDebInfo)\n`);
  const words = commandWords(args, SWITCHES);
  if (first === 'help') return yield* helpFor(process, words.slice(1));
  const found = findCommand(words);
  const later = NOT_YET.find((names) => names.every((name, at) => words[at] === name));
  if (later !== undefined && later.length > (found?.wordCount ?? 0)) return yield* notYet(process, later);
  if (found === undefined) return yield* unknown(process, words);
  if (args.includes('--help') || args.includes('-h')) return yield* helpFor(process, [...found.command.words]);
  let parsed: ParsedArgs;
  try {
    parsed = parseArgs(found.command, found.wordCount, args);
  } catch (error) {
    return yield* failed(process, error);
  }
  const exitCode = yield* runCommand(process, found.command, parsed);
  if (hasOption(parsed, 'order') && exitCode !== EXIT_USAGE) {
    yield* process.stderr.write('rbd: --order is deprecated, use --object-size\n');
  }
  return exitCode;
};

/** Of what the parser or an option's check refuses; nothing is noted after it. */
const EXIT_USAGE = 1;

function* print(process: Process, text: string): Task<number> {
  yield* process.stdout.write(text);
  return 0;
}

function* runCommand(process: Process, command: CommandRecord, args: ParsedArgs): Task<number> {
  try {
    return yield* command.run(process, args);
  } catch (error) {
    return yield* failed(process, error);
  }
}

function* failed(process: Process, error: unknown): Task<number> {
  if (error instanceof RbdError) {
    if (error.message !== '') yield* process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof CephError) {
    yield* process.stderr.write(`rbd: ${error.message || cppStrerror(error.errno)}\n`);
    return error.errno;
  }
  throw error;
}

/** The command that the most words call. */
export function findCommand(words: readonly string[]): { command: CommandRecord; wordCount: number } | undefined {
  let best: { command: CommandRecord; wordCount: number } | undefined;
  for (const command of rbdCommands) {
    for (const names of [command.words, ...(command.aliases ?? [])]) {
      if (names.length > (best?.wordCount ?? 0) && names.every((name, at) => words[at] === name)) {
        best = { command, wordCount: names.length };
      }
    }
  }
  return best;
}

function* notYet(process: Process, names: readonly string[]): Task<number> {
  yield* process.stderr.write(`rbd: '${names.join(' ')}' is not there yet in Radoscope\n`);
  return EXIT_NOT_YET;
}

function* unknown(process: Process, words: readonly string[]): Task<number> {
  yield* process.stdout.write(usage());
  yield* process.stderr.write(`error: unknown option '${words.join(' ')}'\n\n`);
  return 1;
}
