import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { type ByteString, byteStringOf, textOfByteString } from '../../../engine/base/utf8.ts';
import { createPool } from '../../../engine/mon/pool-create.ts';
import { findPoolSnap } from '../../../engine/mon/snaps.ts';
import { parsePgId } from '../../../engine/osdmap/pg-id.ts';
import type { Process } from '../../process.ts';
import type { ParsedArgs } from '../command.ts';
import { readInput } from './input.ts';
import { numberFault, numberOption } from './number-option.ts';
import { callOf, optionOf, pretty, printUsage, type RadosCall, type RadosCommand } from './rados-command.ts';

/** Virtual time until a new map is agreed on. */
const MON_US = 40_000;

/** A line that ends before its command begins: what was said about it has been said. */
class Ended extends Error {
  readonly exit: number;

  constructor(exit: number) {
    super();
    this.exit = exit;
  }
}

/**
 * Opens what a line's options name: files with names and keys, the pool, a snapshot. Gives the exit code where it
 * cannot, and has said why then.
 * @ceph src/tools/rados/rados.cc rados_tool_common — exact, in this order
 */
export function* openCall(
  process: Process,
  args: ParsedArgs,
  command: RadosCommand | undefined,
): Task<RadosCall | number> {
  try {
    return yield* open(process, args, command);
  } catch (error) {
    if (error instanceof Ended) return error.exit;
    throw error;
  }
}

function* open(process: Process, args: ParsedArgs, command: RadosCommand | undefined): Task<RadosCall> {
  const omapKey = yield* fileOption(process, args, 'omap-key-file');
  const late = numberFault(args, true);
  if (late !== undefined) yield* end(process, late, 256 - ERRNO.EINVAL);
  const objectName = yield* fileOption(process, args, 'obj-name-file');
  yield* createNamedPool(process, args);
  yield* checkPgId(process, args);
  const named = { ...args, positionals: withNames(args.positionals, objectName, omapKey, command) };
  const call = yield* openPool(process, named);
  return { ...(yield* atSnap(call)), omapKey };
}

/** The words with the names that came in files at their places. */
function withNames(
  words: readonly string[],
  objectName: ByteString | undefined,
  omapKey: ByteString | undefined,
  command: RadosCommand | undefined,
): readonly string[] {
  const name = objectName === undefined ? [] : [textOfByteString(objectName)];
  const whole =
    command?.objectName === 'last'
      ? [...words, ...name]
      : command?.objectName === 'first'
        ? [...name, ...words]
        : words;
  const takesKey = command?.positionals[1]?.type === 'omap-key';
  return omapKey === undefined || !takesKey ? whole : [...whole.slice(0, 1), pretty(omapKey), ...whole.slice(1)];
}

function* fileOption(process: Process, args: ParsedArgs, long: string): Task<ByteString | undefined> {
  const path = optionOf(args, long);
  if (path === undefined) return undefined;
  try {
    return byteStringOf(bytesOfData(yield* readInput(process, path)));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return yield* end(process, `can't open ${path}: ${cppStrerror(error.errno)}`);
  }
}

function* createNamedPool(process: Process, args: ParsedArgs): Task<void> {
  if (!args.options.has('create') && !args.options.has('create-pool')) return;
  const name = optionOf(args, 'pool');
  if (name === undefined) {
    yield* process.stderr.write('--create-pool requested but pool_name was not specified!\n');
    yield* printUsage(process);
    throw new Ended(1);
  }
  const { monitor } = process.cluster;
  if (monitor.findPool(name) !== undefined)
    yield* end(process, `error creating pool ${name}: ${cppStrerror(ERRNO.EEXIST)}`);
  const { code } = createPool(monitor, { name });
  yield MON_US;
  if (code !== 0) yield* end(process, `error creating pool ${name}: ${cppStrerror(code)}`);
}

function* checkPgId(process: Process, args: ParsedArgs): Task<void> {
  const text = optionOf(args, 'pgid');
  if (text === undefined) return;
  const pgid = parsePgId(text);
  const poolName = optionOf(args, 'pool');
  const { monitor } = process.cluster;
  if (pgid === undefined || (poolName !== undefined && monitor.findPool(poolName)?.id !== pgid.pool))
    yield* end(process, 'invalid pgid');
  else if (!monitor.map().pools.has(pgid.pool))
    yield* end(process, `error opening pool with id ${pgid.pool}: ${cppStrerror(ERRNO.ENOENT)}`);
}

function* openPool(process: Process, args: ParsedArgs): Task<RadosCall> {
  try {
    return callOf(process, args);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return yield* end(process, `error opening pool ${optionOf(args, 'pool')}: ${cppStrerror(error.errno)}`);
  }
}

/** At the snapshot that is asked for by its name or its id; the options that need a pool are looked at on the way. */
function* atSnap(call: RadosCall): Task<RadosCall> {
  const { process, args, io } = call;
  const needs = (option: string) => end(process, `pool name must be specified with --${option}`);
  const name = optionOf(args, 'snap');
  if (name !== undefined && io === undefined) yield* needs('snap');
  const named = name === undefined || io === undefined ? undefined : findPoolSnap(io.pool, name);
  if (name !== undefined && named === undefined)
    yield* end(process, `error looking up snap '${name}': ${cppStrerror(ERRNO.ENOENT)}`);
  if (io === undefined && (optionOf(args, 'object-locator') ?? '') !== '') yield* needs('object-locator');
  if (io === undefined && args.options.has('namespace')) yield* needs('namespace');
  const id = named?.id ?? (args.options.has('snapid') ? numberOption(args, 'snapid', 0) : undefined);
  if (id === undefined) return call;
  if (io === undefined) return yield* needs('snapid');
  const snap = io.pool.snaps.find((each) => each.id === id);
  if (snap === undefined) return yield* end(process, `snapid ${id} doesn't exist in pool ${io.pool.name}`);
  yield* process.stdout.write(`selected snap ${snap.id} '${snap.name}'\n`);
  return { ...call, io: io.atSnap(snap.id) };
}

function* end(process: Process, text: string, exit = 1): Task<never> {
  yield* process.stderr.write(`${text}\n`);
  throw new Ended(exit);
}
