import { type Data, fillData, randomData } from '../../../engine/base/data.ts';
import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import { parallel } from '../../../engine/base/parallel.ts';
import type { Rng } from '../../../engine/base/rng.ts';
import type { Task } from '../../../engine/base/task.ts';
import { acquireLock } from '../../../engine/librbd/exclusive-lock.ts';
import type { ImageCtx } from '../../../engine/librbd/image-ctx.ts';
import { readImage, writeImage } from '../../../engine/librbd/io/image-io.ts';
import { flushImage } from '../../../engine/librbd/journal/journal-io.ts';
import { generalText } from '../format/fixed-text.ts';
import { byteText } from '../format/size-text.ts';
import { BenchOffsets } from './bench-offsets.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

export interface BenchPlan {
  readonly type: 'read' | 'write' | 'readwrite';
  readonly pattern: 'rand' | 'seq' | 'full-seq';
  readonly byte: number | 'rand' | 'rand-str';
  readonly ioSize: number;
  readonly threads: number;
  readonly totalBytes: number;
  /** Of 100 requests. */
  readonly readShare: number;
}

/** A client has so many requests under way at most; others wait their turn. @ceph src/common/options/global.yaml.in objecter_inflight_ops */
const MOST_UNDER_WAY = 1024;

/** Threads that have something to do. */
export function busyThreads({ threads, totalBytes, ioSize }: BenchPlan): number {
  return Math.min(threads, Math.ceil(totalBytes / ioSize));
}

/** Counts that a round of requests adds to. */
interface Counts {
  ops: number;
  reads: number;
}

const STREAM = 'rbd/bench';
/** A row of the table stands for the last five seconds. */
const WINDOW_ROWS = 5;
const PATTERN_NAMES = { rand: 'random', seq: 'sequential', 'full-seq': 'full sequential' } as const;

/** Sends the requests, as many at a time as there are threads. @ceph src/tools/rbd/action/Bench.cc do_bench */
export function* runBench(run: RbdRun, image: ImageCtx, plan: BenchPlan): Task<void> {
  if (plan.ioSize > image.size) {
    throw new RbdError(
      `rbd: io-size ${byteText(plan.ioSize)} larger than image size ${byteText(image.size)}\nbench failed: (22) Invalid argument`,
      ERRNO.EINVAL,
      '',
    );
  }
  if (plan.type !== 'read') yield* acquireLock(image, 'wait');
  yield* flushImage(image);
  const { cluster } = run.process;
  const counts: Counts = { ops: 0, reads: 0 };
  yield* run.print(headText(plan));
  const start_us = cluster.now_us();
  const rows = new BenchRows(plan);
  const offsets = new BenchOffsets(plan, image.size, cluster.rng, STREAM);
  const data = plan.type === 'read' ? null : benchData(plan, cluster.rng);
  while (counts.ops * plan.ioSize < plan.totalBytes) {
    const requests = roundOf(run, image, plan, data, offsets.current, counts);
    for (let at = 0; at < requests.length; at += MOST_UNDER_WAY)
      yield* parallel(requests.slice(at, at + MOST_UNDER_WAY));
    offsets.advance(counts.ops * plan.ioSize);
    yield* run.print(rows.text(cluster.now_us() - start_us, counts.ops));
  }
  if (plan.type !== 'read') yield* flushImage(image);
  yield* run.print(tailText(plan, counts, (cluster.now_us() - start_us) / 1e6));
}

/** Ends at a client's first request that fails as it is shut out. @ceph src/tools/rbd/action/Bench.cc rbd_bencher_completion */
function* orEnd(run: RbdRun, what: 'read' | 'write', request: Task<unknown>): Task<void> {
  try {
    yield* request;
  } catch (error) {
    if (!(error instanceof CephError) || !error.is('EBLOCKLISTED')) throw error;
    yield* run.print(`${what} error: ${cppStrerror(error.errno)}\n`);
    throw new RbdError('', error.errno);
  }
}

/** One request for each thread, as long as bytes are left. */
function roundOf(
  run: RbdRun,
  image: ImageCtx,
  plan: BenchPlan,
  data: Data | null,
  offsets: readonly number[],
  counts: Counts,
): Task<unknown>[] {
  const { rng } = run.process.cluster;
  const tasks: Task<unknown>[] = [];
  for (const off of offsets) {
    if (counts.ops * plan.ioSize >= plan.totalBytes) break;
    const reads = plan.type === 'readwrite' ? rng.below(STREAM, 100) < plan.readShare : data === null;
    counts.ops++;
    if (reads) counts.reads++;
    tasks.push(
      reads || data === null
        ? orEnd(run, 'read', readImage(image, off, plan.ioSize))
        : orEnd(run, 'write', writeImage(image, off, data)),
    );
  }
  return tasks;
}

function benchData({ byte, ioSize }: BenchPlan, rng: Rng): Data {
  if (byte === 'rand-str') return randomData({ kind: 'random', seed: rng.uint32(STREAM) }, 0, ioSize);
  return fillData(ioSize, byte === 'rand' ? rng.below(STREAM, 256) : byte);
}

function headText({ type, readShare, ioSize, threads, totalBytes, pattern }: BenchPlan): string {
  const mix = type === 'readwrite' ? ` read:write=${readShare}:${100 - readShare}` : '';
  const what = `bench  type ${type}${mix} io_size ${ioSize} io_threads ${threads} bytes ${totalBytes}`;
  return `${what} pattern ${PATTERN_NAMES[pattern]}\n  SEC       OPS   OPS/SEC   BYTES/SEC\n`;
}

function tailText(plan: BenchPlan, { ops, reads }: Counts, seconds: number): string {
  const line = (head: string, prefix: string, count: number): string =>
    `${head}${prefix}ops: ${count}   ${prefix}ops/sec: ${generalText(count / seconds, 6)}   ${prefix}bytes/sec: ${rateText((count * plan.ioSize) / seconds)}\n`;
  const all = line(`elapsed: ${Math.floor(seconds)}   `, '', ops);
  if (plan.type !== 'readwrite') return all;
  return all + line('', 'read_', reads) + line('', 'write_', ops - reads);
}

function rateText(bytes: number): string {
  return `${byteText(Number.isFinite(bytes) ? Math.floor(bytes) : 0)}/s`;
}

/** The table: a row for each second that has passed. */
class BenchRows {
  readonly #plan: BenchPlan;
  readonly #window: { readonly seconds: number; readonly ops: number }[] = [];
  #last_us: number | null = null;
  #lastOps = 0;

  constructor(plan: BenchPlan) {
    this.#plan = plan;
  }

  /** The next row; empty within the second of the last one. */
  text(elapsed_us: number, ops: number): string {
    this.#last_us ??= elapsed_us;
    const second = Math.floor(elapsed_us / 1e6);
    if (second === Math.floor(this.#last_us / 1e6)) return '';
    this.#window.push({ seconds: (elapsed_us - this.#last_us) / 1e6, ops: ops - this.#lastOps });
    if (this.#window.length > WINDOW_ROWS) this.#window.shift();
    this.#last_us = elapsed_us;
    this.#lastOps = ops;
    const seconds = this.#window.reduce((sum, row) => sum + row.seconds, 0);
    const rate = this.#window.reduce((sum, row) => sum + row.ops, 0) / seconds;
    const bytes = byteText(Math.floor(rate * this.#plan.ioSize)).padStart(10);
    const done = String(ops - this.#plan.threads).padStart(10);
    return `${String(second).padStart(5)}${done}${generalText(rate, 6).padStart(10)}${bytes}/s\n`;
  }
}
