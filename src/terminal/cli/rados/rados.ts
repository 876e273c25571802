import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { CEPH_VERSION } from '../ceph/version.ts';
import { EXIT_NOT_YET, type ParsedArgs } from '../command.ts';
import { radosCommands } from './commands.ts';
import { readLine } from './options.ts';
import { callOf, optionOf, printUsage, type RadosCall, type RadosCommand } from './rados-command.ts';
import { RADOS_NOT_YET, usageText } from './usage.ts';

const FORMATS = ['plain', 'table', 'json', 'json-pretty', 'xml', 'xml-pretty'];

/** Virtual time that the tool takes to start and to reach the cluster. */
const START_US = 10_000;

/** The `rados` tool. Its exit code is 1 for nearly all that fails. */
export function* rados(process: Process): Task<number> {
  const line = readLine(process.argv.slice(1));
  if (line.error !== undefined) return yield* complain(process, line.error);
  if (line.options.has('version')) {
    yield* process.stdout.write(`${CEPH_VERSION} (stable - RelWithDebInfo)\n`);
    return 0;
  }
  if (line.options.has('help')) {
    yield* process.stdout.write(usageText());
    return 0;
  }
  if (line.notYet !== undefined) return yield* notYet(process, `option ${line.notYet}`);
  if (line.words.length === 0) return yield* complain(process, 'rados: -h or --help for usage');
  yield START_US;
  const format = line.options.get('format')?.at(-1) ?? 'plain';
  if (!FORMATS.includes(format)) {
    yield* process.stderr.write(`unrecognized format: ${format}\n`);
    return 256 - ERRNO.EINVAL;
  }
  return yield* runLine(process, line.words, line.options);
}

function* runLine(process: Process, words: readonly string[], options: ParsedArgs['options']): Task<number> {
  const command = radosCommands.find((each) => each.words.every((word, at) => words[at] === word));
  const args = { positionals: words.slice(command?.words.length ?? 1), options };
  const call = yield* openCall(process, args);
  if (typeof call === 'number') return call;
  if (command === undefined) {
    if (RADOS_NOT_YET.includes(words[0] ?? '')) return yield* notYet(process, `'rados ${words[0]}'`);
    yield* process.stderr.write(`unrecognized command ${words[0]}; -h or --help for usage\n`);
    return yield* complain(process, `error ${ERRNO.EINVAL}: ${cppStrerror(ERRNO.EINVAL)}`);
  }
  return yield* runCommand(command, call);
}

function* runCommand(command: RadosCommand, call: RadosCall): Task<number> {
  if (call.args.positionals.length < command.least) return yield* printUsage(call.process);
  return yield* command.runCall(call);
}

/** Opens the pool and looks up the snapshot; gives the exit code where it can not. */
function* openCall(process: Process, args: ParsedArgs): Task<RadosCall | number> {
  const poolName = optionOf(args, 'pool') ?? '';
  try {
    const call = callOf(process, args);
    const snap = optionOf(args, 'snap');
    return snap === undefined ? call : yield* atSnap(call, snap);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return yield* complain(process, `error opening pool ${poolName}: ${cppStrerror(error.errno)}`);
  }
}

function* atSnap(call: RadosCall, name: string): Task<RadosCall | number> {
  const snap = call.io?.pool.snaps.find((each) => each.name === name);
  if (call.io === undefined || snap === undefined)
    return yield* complain(call.process, `error looking up snap '${name}': ${cppStrerror(ERRNO.ENOENT)}`);
  yield* call.process.stdout.write(`selected snap ${snap.id} '${name}'\n`);
  return { ...call, io: call.io.atSnap(snap.id) };
}

function* complain(process: Process, text: string): Task<number> {
  yield* process.stderr.write(`${text}\n`);
  return 1;
}

function* notYet(process: Process, what: string): Task<number> {
  yield* process.stderr.write(`rados: ${what} is not available in this sandbox yet\n`);
  return EXIT_NOT_YET;
}
