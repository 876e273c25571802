import { bytesData, bytesOfData, fillData } from '../../../engine/base/data.ts';
import { cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import { BenchMeter } from './bench-meter.ts';
import {
  attempt,
  fail,
  optionOf,
  orFail,
  out,
  type PoolCall,
  printUsage,
  radosCommand,
  wordAt,
} from './rados-command.ts';
import { writeOps } from './writable.ts';

/** What a run wrote, kept in an object so that a later run can read or remove it. */
interface RunRecord {
  readonly prefix: string;
  readonly objects: number;
  readonly objectBytes: number;
}

const DEFAULT_RUN = 'benchmark_last_metadata';
const MIB = 1024 ** 2;

export const bench = radosCommand({
  words: 'bench',
  summary: 'measure writing or reading, in virtual time',
  description: 'One operation at a time: figures tell about this sandbox, not about any real cluster.',
  positionals: [
    { name: 'seconds', type: 'int' },
    { name: 'mode', type: 'enum:write|seq|rand' },
  ],
  run,
});

function* run(call: PoolCall): Task<number> {
  const [seconds, mode] = [wordAt(call, 0), wordAt(call, 1)];
  if (!/^\d{1,9}$/.test(seconds) && seconds !== 'max')
    return yield* fail(call, `Invalid value for seconds: '${seconds}'`);
  const limit_us = seconds === 'max' ? Number.POSITIVE_INFINITY : Number(seconds) * 1e6;
  if (mode === 'write') return yield* benchWrite(call, limit_us);
  if (mode === 'seq' || mode === 'rand') return yield* benchRead(call, mode, limit_us);
  return yield* printUsage(call.process);
}

function numberOption(call: PoolCall, name: string, usual: number): number {
  const value = Number(optionOf(call.args, name) ?? usual);
  return Number.isSafeInteger(value) && value > 0 ? value : usual;
}

function* benchWrite(call: PoolCall, limit_us: number): Task<number> {
  const opBytes = numberOption(call, 'block-size', 4 * MIB);
  const objectBytes = Math.max(opBytes, numberOption(call, 'object-size', opBytes));
  const most = numberOption(call, 'max-objects', 1_000_000);
  const prefix = `benchmark_data_${call.process.env.get('HOSTNAME') ?? 'vm'}_${call.rados.clientId}`;
  const seconds = Number.isFinite(limit_us) ? limit_us / 1e6 : 'max';
  yield* out(call, hintsLine(call));
  yield* out(
    call,
    `Maintaining ${numberOption(call, 'concurrent-ios', 16)} concurrent writes of ${opBytes} bytes to objects of size ` +
      `${objectBytes} for up to ${seconds} seconds or ${optionOf(call.args, 'max-objects') ?? 0} objects\n` +
      `Object prefix: ${prefix}\n`,
  );
  const meter = new BenchMeter(call, opBytes, limit_us);
  yield* meter.begin();
  let count = 0;
  while (meter.goesOn() && count < most) {
    const work = writeOps(call.io, `${prefix}_object${count}`, [
      { op: 'write', off: 0, data: fillData(opBytes, 0x7a) },
    ]);
    yield* meter.measure(work);
    count++;
  }
  yield* saveRun(call, { prefix, objects: count, objectBytes });
  yield* out(call, meter.writeSummary(objectBytes));
  if (!call.args.options.has('no-cleanup')) yield* removeRun(call, runName(call));
  return 0;
}

function hintsLine(call: PoolCall): string {
  return `hints = ${call.args.options.has('no-hints') ? 0 : 1}\n`;
}

function* benchRead(call: PoolCall, mode: 'seq' | 'rand', limit_us: number): Task<number> {
  yield* out(call, hintsLine(call));
  const saved = yield* loadRun(call, runName(call));
  if (saved === undefined) {
    yield* fail(call, 'Must write data before running a read benchmark!');
    yield* fail(call, `error during benchmark: ${cppStrerror(ERRNO.ENOENT)}`);
    return yield* fail(call, `error ${ERRNO.ENOENT}: ${cppStrerror(ERRNO.ENOENT)}`);
  }
  const { rng } = call.process.cluster;
  const meter = new BenchMeter(call, saved.objectBytes, limit_us);
  yield* meter.begin();
  for (let count = 0; meter.goesOn() && (mode === 'rand' || count < saved.objects); count++) {
    const index = mode === 'seq' ? count : rng.below('rados-bench', saved.objects);
    yield* meter.measure(readOne(call, `${saved.prefix}_object${index}`));
  }
  return yield* out(call, meter.readSummary());
}

function* readOne(call: PoolCall, oid: string): Task<void> {
  yield* call.io.read(oid);
}

export const cleanup = radosCommand({
  words: 'cleanup',
  summary: 'remove what bench wrote',
  run: function* (call) {
    const prefix = optionOf(call.args, 'prefix');
    if (prefix !== undefined) return yield* removePrefix(call, prefix);
    const removed = yield* removeRun(call, runName(call));
    return removed ? 0 : yield* removePrefix(call, 'benchmark_data');
  },
});

function* removePrefix(call: PoolCall, prefix: string): Task<number> {
  yield* out(call, 'Warning: using slow linear search\n');
  const found = (yield* call.io.list()).filter(({ oid }) => oid.startsWith(prefix));
  for (const { oid } of found) yield* writeOps(call.io, oid, [{ op: 'delete' }]);
  return yield* out(call, `Removed ${found.length} objects\n`);
}

function runName(call: PoolCall): string {
  return optionOf(call.args, 'run-name') ?? DEFAULT_RUN;
}

function* saveRun(call: PoolCall, { prefix, objects, objectBytes }: RunRecord): Task<void> {
  const text = `${prefix} ${objects} ${objectBytes}`;
  yield* writeOps(call.io, runName(call), [{ op: 'write-full', data: bytesData(utf8Encode(text)) }]);
}

function* loadRun(call: PoolCall, name: string): Task<RunRecord | undefined> {
  const read = yield* attempt(call.io.read(name));
  if (!read.ok) return undefined;
  const bytes = bytesOfData(read.value, 0, Math.min(read.value.length, 4096));
  const [prefix, objects, objectBytes] = String.fromCharCode(...bytes).split(' ');
  if (prefix === undefined || !Number.isSafeInteger(Number(objects)) || !Number.isSafeInteger(Number(objectBytes)))
    return undefined;
  return { prefix, objects: Number(objects), objectBytes: Number(objectBytes) };
}

/** Removes a run's objects and its record; false where there is no such run. */
function* removeRun(call: PoolCall, name: string): Task<boolean> {
  const saved = yield* loadRun(call, name);
  if (saved === undefined) return false;
  let removed = 0;
  for (let index = 0; index < saved.objects; index++) {
    const done = yield* attempt(writeOps(call.io, `${saved.prefix}_object${index}`, [{ op: 'delete' }]));
    if (done.ok) removed++;
  }
  yield* orFail(call, `error removing ${name}: `, writeOps(call.io, name, [{ op: 'delete' }]));
  yield* out(call, `Removed ${removed} object${removed === 1 ? '' : 's'}\n`);
  return true;
}
