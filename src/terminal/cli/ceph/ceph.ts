import { ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { explainFor } from '../explain/explain.ts';
import { auditCommand } from './audit.ts';
import type { CephCommand } from './ceph-command.ts';
import { cephCommands } from './commands.ts';
import { isDaemon } from './config/who.ts';
import { daemonHelp, helpText } from './help.ts';
import { readInFile } from './in-file.ts';
import { isIostat, watchIo } from './iostat.ts';
import { untilManager } from './manager-wait.ts';
import { matchCommand } from './match.ts';
import { isOfManager, isUnlisted, rankOf, realCommandOf } from './not-yet.ts';
import { withOutFile } from './out-file.ts';
import { daemonCommands } from './tell/daemon-commands.ts';
import { osdCommands } from './tell/osd-commands.ts';
import { pgCommands } from './tell/pg-commands.ts';
import { isPgid, type ToldTo, toldTo } from './tell/target.ts';
import { readTopOptions, TOP_USAGE, type TopOptions } from './top-options.ts';
import { CEPH_VERSION } from './version.ts';
import { watchLog } from './watch-log.ts';

const EINVAL = 22;
const USAGE_ERROR = 2;
const IO_ERROR = 1;

/** Every way to call each command, in the monitor's order; words of earlier releases are not offered. */
const CALLS: readonly CephCommand[] = cephCommands
  .flatMap((command) => [command.words, ...(command.aliases ?? [])].map((words) => ({ ...command, words })))
  .map((command) => ({ ...command, hidden: isUnlisted(command.words) }))
  .sort((a, b) => rankOf(a.words) - rankOf(b.words));

/** The `ceph` tool. */
export function* ceph(process: Process): Task<number> {
  const options = readTopOptions(process.argv.slice(1));
  if (options.error !== undefined) {
    yield* process.stderr.write(`${TOP_USAGE}ceph: error: ${options.error}\n`);
    return USAGE_ERROR;
  }
  if (options.version) {
    yield* process.stdout.write(`${CEPH_VERSION} (stable)\n`);
    return 0;
  }
  if (options.help) {
    yield* process.stdout.write(helpText(CALLS, options.words, explainFor(process.env)));
    return 0;
  }
  if (options.watch === undefined) return yield* runCommand(process, options);
  const { watch, ...rest } = options;
  const code = yield* runCommand(process, { ...rest, watch: undefined, words: ['status'], format: 'plain' });
  if (code !== 0) return code;
  yield* process.stdout.write('\n');
  return yield* watchLog(process, watch);
}

/** Asks every OSD, one after the other; what each answers stands behind its name. */
function* askAllOsds(process: Process, options: TopOptions, words: readonly string[]): Task<number> {
  let code = 0;
  for (const [id, osd] of process.cluster.monitor.map().osds.entries()) {
    if (osd === undefined) continue;
    if (osd.up) yield* process.stdout.write(`osd.${id}: `);
    const exit = yield* runCommand(process, { ...options, words: ['tell', `osd.${id}`, ...words] });
    if (exit !== 0) code = exit;
  }
  return code;
}

function* runCommand(process: Process, options: TopOptions): Task<number> {
  const { words } = options;
  if (words[0] === 'tell' && words[1] === 'osd.*' && words.length > 2)
    return yield* askAllOsds(process, options, words.slice(2));
  const missing = notYet(options);
  if (missing !== undefined) {
    yield* process.stderr.write(`ceph: ${missing} is not available in this sandbox yet\n`);
    return EXIT_NOT_YET;
  }
  const input = yield* readInFile(process, options.inFile);
  if (input === undefined) return IO_ERROR;
  const told = toldTo(words);
  const unreachable = told === undefined ? undefined : unreachableText(process, told);
  if (unreachable !== undefined) {
    yield* process.stderr.write(unreachable.text);
    return unreachable.code;
  }
  if (told !== undefined && told.words.join(' ') === 'help') {
    yield* process.stdout.write(daemonHelp(callsOf(told.target), told, explainFor(process.env)));
    return 0;
  }
  const [calls, asked] = told === undefined ? [CALLS, words] : [callsOf(told.target), told.words];
  const match = matchCommand(calls, asked, explainFor(process.env));
  if (!match.ok) {
    yield* process.stderr.write(`${[...match.errors, 'Error EINVAL: invalid command'].join('\n')}\n`);
    if (options.format.startsWith('json') && options.outFile === undefined) yield* process.stdout.write('\n');
    return EINVAL;
  }
  const { command } = match;
  const { format, outFile } = options;
  const given = new Map(match.args.options).set('format', [format]);
  if (outFile !== undefined && outFile !== '-') given.set('out-file', [outFile]);
  const args = { ...match.args, options: given };
  const isForManager = told === undefined && isOfManager(command.words);
  if (isForManager) yield* untilManager(process.cluster);
  const finish = told === undefined ? auditCommand(process.cluster, command, match.args, format) : null;
  if (isIostat(command)) return yield* watchIo(process, options.period_s);
  const code = yield* withOutFile(process, outFile, (redirected) => command.runWith(redirected, args, input));
  finish?.(code);
  return code;
}

/** What of a line the real tool has and this one has not. */
function notYet(options: TopOptions): string | undefined {
  if (options.notYet !== undefined) return `option ${options.notYet}`;
  if (options.format === 'yaml') return 'format yaml';
  if (options.words.length === 0) return 'the interactive mode';
  const told = toldTo(options.words);
  if (told !== undefined) return toldNotYet(told);
  const real = realCommandOf(options.words);
  const ours = CALLS.some(({ words }) => words.every((word, at) => options.words[at] === word) && covers(words, real));
  return real === undefined || ours ? undefined : `'ceph ${real}'`;
}

/** What a daemon is asked that the real one answers and this one does not. */
function toldNotYet({ how, target, words }: ToldTo): string | undefined {
  if (words.join(' ') === 'help') return undefined;
  const known = callsOf(target).some((call) => call.words.every((word, at) => words[at] === word));
  return known ? undefined : `'ceph ${how} ${target} ${words[0] ?? ''}'`;
}

/** Commands that a daemon, or the primary of a PG, answers. */
function callsOf(target: string): readonly CephCommand[] {
  if (isPgid(target)) return pgCommands(target);
  const osd = /^osd\.(\d+)$/.exec(target)?.[1];
  return [...daemonCommands(target), ...(osd === undefined ? [] : osdCommands(Number(osd)))];
}

/** Why a daemon does not answer. */
function unreachableText(
  { cluster }: Process,
  told: ToldTo,
): { readonly text: string; readonly code: number } | undefined {
  const { how, target } = told;
  const map = cluster.monitor.map();
  if (isPgid(target) || isDaemon(map, target)) return undefined;
  if (how === 'daemon')
    return { text: `Can't get admin socket path for ${target}: no such daemon runs here\n`, code: EINVAL };
  // An OSD that the map knows and that is down has no address.
  const osd = map.osds[Number(/^osd\.(\d+)$/.exec(target)?.[1] ?? -1)];
  const [name, code] = osd === undefined ? ['ENOENT', ERRNO.ENOENT] : ['ENXIO', ERRNO.ENXIO];
  return { text: `Error ${name}: problem getting command descriptions from ${target}\n`, code };
}

/** True where a command of ours is at least as long as the real one that the line calls. */
function covers(words: readonly string[], real: string | undefined): boolean {
  return real === undefined || words.join(' ').length >= real.length;
}
