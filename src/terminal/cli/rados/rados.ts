import { cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { CEPH_VERSION } from '../ceph/version.ts';
import type { ParsedArgs } from '../command.ts';
import { explainFor } from '../explain/explain.ts';
import { radosCommands } from './commands.ts';
import { numberFault } from './number-option.ts';
import { openCall } from './open-call.ts';
import { readLine } from './options.ts';
import { printUsage } from './rados-command.ts';
import { usageText } from './usage.ts';

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
    yield* process.stdout.write(usageText(explainFor(process.env)));
    return 0;
  }
  if (line.confused) return yield* printUsage(process);
  if (line.words.length === 0) {
    const given = process.argv.length > 1;
    return yield* complain(
      process,
      given ? 'rados: you must give an action. Try --help' : 'rados: -h or --help for usage',
    );
  }
  yield START_US;
  const format = line.options.get('format')?.at(-1) ?? 'plain';
  const args = { positionals: line.words, options: line.options };
  const fault = numberFault(args) ?? (FORMATS.includes(format) ? undefined : `unrecognized format: ${format}`);
  if (fault !== undefined) return yield* invalid(process, fault);
  return yield* runLine(process, line.words, line.options);
}

function* runLine(process: Process, words: readonly string[], options: ParsedArgs['options']): Task<number> {
  const command = radosCommands.find((each) => each.words.every((word, at) => words[at] === word));
  const args = { positionals: words.slice(command?.words.length ?? 1), options };
  const call = yield* openCall(process, args, command);
  if (typeof call === 'number') return call;
  if (command === undefined) {
    if (words[0] === 'lock' && call.io !== undefined) return yield* printUsage(process);
    yield* process.stderr.write(`unrecognized command ${words[0]}; -h or --help for usage\n`);
    return yield* complain(process, `error ${ERRNO.EINVAL}: ${cppStrerror(ERRNO.EINVAL)}`);
  }
  if (call.args.positionals.length < command.least || call.args.positionals.length > command.most)
    return yield* printUsage(process);
  return yield* command.runCall(call);
}

function* invalid(process: Process, text: string): Task<number> {
  yield* process.stderr.write(`${text}\n`);
  return 256 - ERRNO.EINVAL;
}

function* complain(process: Process, text: string): Task<number> {
  yield* process.stderr.write(`${text}\n`);
  return 1;
}
