import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { ByteString } from '../../../engine/base/utf8.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import type { Rados } from '../../../engine/librados/rados.ts';
import { StriperIoCtx } from '../../../engine/librados/striper.ts';
import type { Process } from '../../process.ts';
import type { CommandRecord, ParsedArgs, PositionalRecord } from '../command.ts';
import { explainFor } from '../explain/explain.ts';
import { type Format, formatted, isFormat } from '../format/formatter.ts';
import type { FormatNode } from '../format/tree.ts';
import { RADOS_OPTIONS } from './options.ts';
import { usageText } from './usage.ts';

/** A command of `rados`. */
export interface RadosCommand extends CommandRecord {
  readonly tool: 'rados';
  /** How many words it needs after its own. */
  readonly least: number;
  /** And how many it takes. */
  readonly most: number;
  /** Where `--obj-name-file` puts the name: first, last, or nowhere. */
  readonly objectName: 'first' | 'last' | 'none';
  runCall(call: RadosCall): Task<number>;
}

/** What a command's handler sees. */
export interface RadosCall {
  readonly process: Process;
  readonly rados: Rados;
  readonly args: ParsedArgs;
  readonly format: Format | 'plain';
  /** Name of the pool that was given; empty where none was. */
  readonly poolName: string;
  /** The pool's context, at the snapshot and in the namespace given. */
  readonly io: IoCtx | undefined;
  /** The key that `--omap-key-file` holds. */
  readonly omapKey: ByteString | undefined;
}

export interface RadosCommandSpec {
  readonly words: string;
  readonly summary: string;
  readonly description?: string;
  readonly positionals?: readonly PositionalRecord[];
  /** Words that it takes at most, where more than these are wrong. */
  readonly most?: number;
  /** Works without a pool. */
  readonly poolless?: boolean;
  run(call: PoolCall): Task<number>;
}

/** A call with its pool open. */
export interface PoolCall extends RadosCall {
  readonly io: IoCtx;
}

/** A name of an object, the first argument of most commands. */
export const OBJECT: PositionalRecord = { name: 'obj-name', type: 'object' };

export function radosCommand(spec: RadosCommandSpec): RadosCommand {
  const positionals = spec.positionals ?? [];
  const least = positionals.filter(({ optional }) => !optional).length;
  function* runCall(call: RadosCall): Task<number> {
    const { io } = call;
    const { length } = call.args.positionals;
    if (io === undefined || length < least || length > (spec.most ?? length)) return yield* printUsage(call.process);
    return yield* spec.run({ ...call, io });
  }
  return commandOf(spec, positionals, least, runCall);
}

/** A command that needs no pool. */
export function poollessCommand(
  spec: Omit<RadosCommandSpec, 'run'> & { run(call: RadosCall): Task<number> },
): RadosCommand {
  const positionals = spec.positionals ?? [];
  return commandOf(spec, positionals, positionals.filter(({ optional }) => !optional).length, spec.run);
}

function commandOf(
  spec: Omit<RadosCommandSpec, 'run'>,
  positionals: readonly PositionalRecord[],
  least: number,
  runCall: (call: RadosCall) => Task<number>,
): RadosCommand {
  return {
    tool: 'rados',
    words: spec.words.split(' '),
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    positionals,
    options: RADOS_OPTIONS,
    least,
    most: spec.most ?? Number.POSITIVE_INFINITY,
    objectName: objectNameOf(positionals),
    runCall,
    run: (process, args) => runCall(callOf(process, args)),
  };
}

function objectNameOf([first]: readonly PositionalRecord[]): RadosCommand['objectName'] {
  if (first?.type !== 'object') return 'none';
  return first.repeat ? 'last' : 'first';
}

/** Opens what the options name, without a word about it. Throws the CephError of a pool that is not there. */
export function callOf(process: Process, args: ParsedArgs): RadosCall {
  const rados = process.cluster.connect();
  const poolName = optionOf(args, 'pool') ?? '';
  const format = optionOf(args, 'format') ?? 'plain';
  const pretty = args.options.has('pretty-format') && !format.endsWith('-pretty') ? `${format}-pretty` : format;
  return {
    process,
    rados,
    args,
    format: isFormat(pretty) ? pretty : 'plain',
    poolName,
    io: poolName === '' ? undefined : ioOf(rados, poolName, args),
    omapKey: undefined,
  };
}

function ioOf(rados: Rados, poolName: string, args: ParsedArgs): IoCtx {
  const io = rados.ioCtx(poolName, optionOf(args, 'namespace') ?? '');
  const locator = optionOf(args, 'object-locator');
  const placed = locator === undefined ? io : io.withLocator(locator);
  return args.options.has('striper') ? new StriperIoCtx(placed) : placed;
}

export function optionOf(args: ParsedArgs, long: string): string | undefined {
  return args.options.get(long)?.at(-1);
}

/** The word at that place, which the caller has asked for by its record. */
export function wordAt(call: RadosCall, at: number): string {
  return call.args.positionals[at] ?? '';
}

export function* printUsage(process: Process): Task<number> {
  yield* process.stderr.write(usageText(explainFor(process.env)));
  return 1;
}

export function* out(call: RadosCall, text: string): Task<number> {
  yield* call.process.stdout.write(text);
  return 0;
}

/** A message on standard error; the exit code of all failures is 1. */
export function* fail(call: RadosCall, text: string): Task<number> {
  yield* call.process.stderr.write(`${text}\n`);
  return 1;
}

/** Prints a tree: JSON ends its last line only where it is pretty. */
export function* outTree(call: RadosCall, node: FormatNode): Task<number> {
  const format = call.format === 'plain' ? 'json' : call.format;
  return yield* out(call, formatted(node, format) + (format === 'json-pretty' ? '\n' : ''));
}

/** Runs work whose failure is told as `text: (2) No such file or directory`. */
export function* orFail(call: RadosCall, text: string, work: Task<void>): Task<number> {
  try {
    yield* work;
    return 0;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return yield* fail(call, text + cppStrerror(error.errno));
  }
}

/** A name as messages show it. @ceph src/tools/rados/rados.cc prettify — exact */
export function pretty(name: string): string {
  return /^[\x20-\x7e]*$/.test(name) ? name : '(binary key)';
}

/** The value of work, or the errno that it failed with. */
export function* attempt<T>(
  work: Task<T>,
): Task<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly errno: number }> {
  try {
    return { ok: true, value: yield* work };
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return { ok: false, errno: error.errno };
  }
}
