import { bytesData, bytesOfData, concatData, type Data, fillData } from '../../../engine/base/data.ts';
import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import { parallel } from '../../../engine/base/parallel.ts';
import type { Task } from '../../../engine/base/task.ts';
import { byteStringOfText, utf8Encode } from '../../../engine/base/utf8.ts';
import type { OsdOp } from '../../../engine/codec/osd-op.ts';
import { type Format, formatted } from '../format/formatter.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import {
  hostPrefix,
  loadRun,
  objectName,
  objectsOf,
  type RunRecord,
  removeAll,
  removedText,
  runName,
  saveRun,
} from './bench-record.ts';
import { BenchStatus, figure, summaryText } from './bench-status.ts';
import { writeOutput } from './input.ts';
import { numberOption } from './number-option.ts';
import { opSizeOf } from './op-size.ts';
import { attempt, fail, optionOf, out, type PoolCall, printUsage, radosCommand, wordAt } from './rados-command.ts';
import { writeOps } from './writable.ts';

/** What `max` stands for. */
const FOREVER_S = 0x7fffffff;
/** As much of an operation's bytes tells it from all others. */
const HEAD_BYTES = 64;
const FILL = 0x7a;
/** SIGABRT, as a shell tells it. */
const EXIT_ABORTED = 134;

type Mode = 'write' | 'seq' | 'rand';

export const bench = radosCommand({
  words: 'bench',
  summary: 'measure writing or reading, in virtual time',
  description: 'Figures tell about this sandbox, not about any real cluster.',
  positionals: [
    { name: 'seconds', type: 'int' },
    { name: 'mode', type: 'enum:write|seq|rand' },
  ],
  run,
});

/** One run: what is measured, and how much of it. */
interface Plan {
  readonly call: PoolCall;
  readonly mode: Mode;
  readonly seconds: number;
  readonly concurrent: number;
  readonly run: RunRecord;
  readonly status: BenchStatus;
}

function* run(call: PoolCall): Task<number> {
  const [secondsText, mode] = [wordAt(call, 0), wordAt(call, 1)];
  if (!/^\s*[+-]?\d{0,9}$/.test(secondsText) && secondsText !== 'max')
    return yield* fail(call, `Invalid value for seconds: '${secondsText}'`);
  const seconds = secondsText === 'max' ? FOREVER_S : Number(secondsText);
  if (mode !== 'write' && mode !== 'seq' && mode !== 'rand') return yield* printUsage(call.process);
  const sized = call.args.options.has('block-size') || call.args.options.has('object-size');
  if (mode !== 'write' && sized)
    return yield* fail(call, "-b|--block_size option can be used only with 'write' bench test");
  if (call.format === 'plain' && call.args.options.has('output'))
    return yield* fail(call, "-o|--output option can only be used with '--format' option");
  if (mode !== 'write' && writesTo(call, 'xattr')) {
    yield* fail(call, 'not supported yet');
    return EXIT_ABORTED;
  }
  const opBytes = yield* opSizeOf(call);
  yield* out(call, `hints = ${call.args.options.has('no-hints') ? 0 : 1}\n`);
  const errno = yield* measured(call, mode, seconds, opBytes);
  if (errno === 0) return 0;
  yield* fail(call, `error during benchmark: ${cppStrerror(errno)}`);
  return yield* fail(call, `error ${errno}: ${cppStrerror(errno)}`);
}

/** Runs it; the errno that it failed with. @ceph src/common/obj_bencher.cc aio_bench — exact */
function* measured(call: PoolCall, mode: Mode, seconds: number, opBytes: number): Task<number> {
  const concurrent = numberOption(call.args, 'concurrent-ios', 16);
  if (concurrent <= 0 || concurrent > 10_000) return ERRNO.EINVAL;
  const reuse = call.args.options.has('reuse-bench');
  const before = mode === 'write' && !reuse ? undefined : yield* attempt(loadRun(call.io, runName(call)));
  if (before?.ok === false) {
    const what = reuse ? 'using reuse_bench for a write benchmark!' : 'running a read benchmark!';
    if (before.errno === ERRNO.ENOENT) yield* fail(call, `Must write data before ${what}`);
    return before.errno;
  }
  const sizes = before?.ok === true ? before.value : freshRun(call, opBytes);
  const status = new BenchStatus(call, sizes.opBytes);
  try {
    return yield* measure({ call, mode, seconds, concurrent, run: sizes, status });
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return error.errno;
  }
}

function freshRun(call: PoolCall, opBytes: number): RunRecord {
  const objectBytes = numberOption(call.args, 'object-size', 0) || opBytes;
  return {
    opBytes: Math.min(opBytes, objectBytes),
    objectBytes,
    operations: 0,
    process: call.rados.clientId,
  };
}

function* measure(plan: Plan): Task<number> {
  const { call, mode, run: sizes, status, concurrent } = plan;
  if (mode === 'write' && call.format === 'plain') yield* out(call, headText(plan));
  const wrong: string[] = [];
  // Reading in order, none starts beyond the end.
  const slots = mode === 'seq' ? Math.min(concurrent, sizes.operations) : concurrent;
  const workers = Array.from({ length: slots }, (_, slot) => worker(plan, slot, wrong));
  yield* parallel([status.report(), untilDone(plan, parallel(workers))]);
  for (const name of wrong) yield* fail(call, `${name} is not correct!`);
  const lines = status.summary(mode === 'write' ? 'writes' : 'reads', sizes.objectBytes);
  if (call.format === 'plain') yield* out(call, status.stamp() + summaryText(lines, mode === 'write' ? 24 : 22));
  const done = { ...sizes, operations: status.finished };
  if (mode === 'write') yield* saveRun(call.io, runName(call), done);
  const tree = {
    ...(mode === 'write' ? headObject(plan) : {}),
    datas: status.rows(),
    ...Object.fromEntries(lines.map(({ name, value }) => [name, value])),
  };
  yield* tell(call, tree, mode === 'write' && !call.args.options.has('no-cleanup') ? cleanUp(plan, done) : undefined);
  return wrong.length > 0 ? ERRNO.EIO : 0;
}

function* untilDone({ status }: Plan, work: Task<void[]>): Task<void> {
  yield* work;
  status.done = true;
}

/** The tree, where one was asked for, and what is said while it is cleaned up: that comes before the tree's end. */
function* tell(call: PoolCall, tree: PlainObject, cleaning: Task<void> | undefined): Task<void> {
  if (call.format === 'plain') {
    if (cleaning !== undefined) yield* cleaning;
    return;
  }
  const text = formatted(nodeOf('bench', tree, 'data'), call.format);
  const file = optionOf(call.args, 'output');
  const at = file === undefined ? lastRowEnd(text, call.format) : 0;
  if (at > 0) yield* out(call, text.slice(0, at));
  if (cleaning !== undefined) yield* cleaning;
  if (file === undefined) yield* out(call, `${text.slice(at)}\n`);
  else yield* writeOutput(call.process, file, bytesData(utf8Encode(`${text}\n`)));
}

function lastRowEnd(text: string, format: Format): number {
  return text.slice(0, text.lastIndexOf(format.startsWith('xml') ? '</datas>' : ']')).trimEnd().length;
}

function* worker(plan: Plan, slot: number, wrong: string[]): Task<void> {
  const { call, status } = plan;
  for (let index: number | undefined = slot; index !== undefined; index = nextIndex(plan)) {
    status.started++;
    const from_us = call.rados.now_us();
    yield* operation(plan, index, wrong);
    status.opDone(call.rados.now_us() - from_us);
  }
}

/** The next operation of a worker; undefined where time or objects are up. */
function nextIndex({
  call,
  mode,
  seconds,
  run: { opBytes, objectBytes, operations },
  status,
}: Plan): number | undefined {
  if (seconds === 0 || status.elapsed_us() >= seconds * 1e6) return undefined;
  if (mode === 'seq') return status.started < operations ? status.started : undefined;
  if (mode === 'rand') return call.process.cluster.rng.below('rados-bench', operations);
  const most = numberOption(call.args, 'max-objects', 0);
  return most > 0 && status.started >= Math.ceil((objectBytes * most) / opBytes) ? undefined : status.started;
}

function operation(plan: Plan, index: number, wrong: string[]): Task<void> {
  const { call, mode, run: sizes } = plan;
  const perObject = Math.max(1, Math.floor(sizes.objectBytes / sizes.opBytes));
  const oid = objectName(call, sizes.process, Math.floor(index / perObject));
  const off = sizes.opBytes * (index % perObject);
  if (mode === 'write') return writeOps(call.io, oid, writesOf(call, index, off, sizes.opBytes));
  if (writesTo(call, 'omap')) return readOmap(call, oid);
  return readOne(call, oid, off, index, sizes.opBytes, wrong);
}

function writesOf(call: PoolCall, index: number, off: number, length: number): OsdOp[] {
  const ops: OsdOp[] = [];
  const elsewhere = writesTo(call, 'omap') || writesTo(call, 'xattr');
  if (writesTo(call, 'object') || !elsewhere) ops.push({ op: 'write', off, data: contentOf(index, length) });
  if (writesTo(call, 'omap'))
    ops.push({ op: 'omap-set', entries: new Map([[byteStringOfText(`bench-omap-key-${off}`), sharedBytes(length)]]) });
  if (writesTo(call, 'xattr')) ops.push({ op: 'setxattr', name: `bench-xattr-key-${off}`, value: sharedBytes(length) });
  return ops;
}

function writesTo(call: PoolCall, what: 'object' | 'omap' | 'xattr'): boolean {
  return call.args.options.has(what) || call.args.options.has(`write-${what}`);
}

/** What an operation writes: its number, and a fill. */
function contentOf(index: number, length: number): Data {
  const text = utf8Encode(`I'm the ${String(index).padStart(16)}th op!`);
  const head = new Uint8Array([...text, 0]).subarray(0, Math.max(0, Math.min(text.length + 1, length)));
  return concatData([bytesData(head), fillData(length - head.length, FILL)]);
}

let shared = new Uint8Array(0);

/** The bytes of values in omaps and attributes: the same for all operations, so that they lie in memory once. */
function sharedBytes(length: number): Uint8Array {
  if (shared.length !== length) shared = new Uint8Array(length).fill(FILL);
  return shared;
}

function* readOne(
  call: PoolCall,
  oid: string,
  off: number,
  index: number,
  length: number,
  wrong: string[],
): Task<void> {
  const read = yield* attempt(call.io.read(oid, off, length));
  if (!read.ok) {
    yield* fail(call, `read got -${read.errno}`);
    throw new CephError(read.errno, oid);
  }
  const data = read.value;
  if (call.args.options.has('no-verify')) return;
  const head = Math.min(HEAD_BYTES, length);
  const wanted = bytesOfData(contentOf(index, length), 0, head);
  const same = data.length === length && bytesOfData(data, 0, head).every((byte, at) => byte === wanted[at]);
  if (!same) wrong.push(oid);
}

function* readOmap(call: PoolCall, oid: string): Task<void> {
  const after = byteStringOfText(optionOf(call.args, 'omap-read-start-after') ?? '');
  const prefix = byteStringOfText(optionOf(call.args, 'omap-read-filter-prefix') ?? '');
  const max = numberOption(call.args, 'omap-read-max-return', Number.MAX_SAFE_INTEGER);
  yield* call.io.operate(oid, [{ op: 'omap-get-vals', after, prefix, max }]);
}

function* cleanUp({ call, status }: Plan, done: RunRecord): Task<void> {
  const from_us = call.rados.now_us();
  yield* out(call, `${status.stamp()}Cleaning up (deleting benchmark objects)\n`);
  const names = Array.from({ length: objectsOf(done) }, (_, index) => objectName(call, done.process, index));
  const count = yield* removeAll(names.map((oid) => ({ io: call.io, oid })));
  if (count > 0) yield* out(call, `${status.stamp()}${removedText(count)}`);
  const seconds = (call.rados.now_us() - from_us) / 1e6;
  yield* out(call, `${status.stamp()}Clean up completed and total clean up time :${figure(seconds)}\n`);
  yield* writeOps(call.io, runName(call), [{ op: 'delete' }]);
}

function headText({ call, seconds, concurrent, run: { opBytes, objectBytes, process }, status }: Plan): string {
  const most = numberOption(call.args, 'max-objects', 0);
  return (
    `${status.stamp()}Maintaining ${concurrent} concurrent writes of ${opBytes} bytes to objects of size ` +
    `${objectBytes} for up to ${seconds} seconds or ${most} objects\n` +
    `${status.stamp()}Object prefix: ${hostPrefix(call)}_${process}\n`
  );
}

function headObject({ call, seconds, concurrent, run: { opBytes, objectBytes, process } }: Plan): PlainObject {
  return {
    concurrent_ios: String(concurrent),
    object_size: String(objectBytes),
    op_size: String(opBytes),
    seconds_to_run: String(seconds),
    max_objects: String(numberOption(call.args, 'max-objects', 0)),
    object_prefix: `${hostPrefix(call)}_${process}`,
  };
}
