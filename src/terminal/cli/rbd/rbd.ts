import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process, Program } from '../../process.ts';
import { CEPH_VERSION } from '../ceph/version.ts';
import { type CommandRecord, optionValue, type ParsedArgs } from '../command.ts';
import { checkOrder, OLD_FORMAT } from './create-options.ts';
import { findCommand, rbdCommandList } from './find-command.ts';
import { checkFormat } from './format.ts';
import { helpFor, unknownCommand } from './help.ts';
import { FORMAT } from './options.ts';
import { commandWords, parseArgs } from './program-options.ts';
import { RbdError } from './rbd-error.ts';
import { splitSettings } from './settings.ts';

const SWITCHES: ReadonlySet<string> = new Set(
  rbdCommandList.flatMap(({ options }) =>
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
  const { args, settings, complaints } = splitSettings(process.argv.slice(1));
  if (complaints !== '') yield* process.stderr.write(complaints);
  const [first] = args;
  if (first === '--version' || first === '-v')
    return yield* print(process, `${CEPH_VERSION} (stable - RelWithDebInfo)\n`);
  const words = commandWords(args, SWITCHES);
  if (words.length === 0 || words[0] === 'help') return yield* helpFor(process, words.slice(1));
  const found = findCommand(words);
  if (found === undefined) return yield* unknownCommand(process, words);
  let parsed: ParsedArgs;
  try {
    parsed = parseArgs(ofEra(found.command, process), found.wordCount, args);
    checkOrder(optionValue(parsed, 'order') ?? '22');
    if (found.command.options.includes(FORMAT)) checkFormat(parsed);
    parsed = { ...parsed, settings };
  } catch (error) {
    return yield* failed(process, error);
  }
  const exitCode = yield* runCommand(process, found.command, parsed);
  if (exitCode !== EXIT_USAGE) yield* process.stderr.write(deprecated(parsed));
  return exitCode;
};

/** Options of tools of then are known then alone. */
function ofEra(command: CommandRecord, { cluster }: Process): CommandRecord {
  if (cluster.context.era.oldHeaders) return command;
  return { ...command, options: command.options.filter((option) => option !== OLD_FORMAT) };
}

function deprecated({ options }: ParsedArgs): string {
  const of = (option: string, instead: string) =>
    `rbd: --${option} is deprecated, use --${instead}\n`.repeat(options.get(option)?.length ?? 0);
  return of('order', 'object-size') + of('user', 'id');
}

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
