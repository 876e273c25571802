import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { waitUntil } from '../../../engine/base/task.ts';
import { PERF_PERIOD_US } from '../../../engine/cluster/rbd-support/image-perf.ts';
import { supportRados } from '../../../engine/cluster/rbd-support/module-client.ts';
import { askForPerf, isSomethingCounted, perfQueryTable } from '../../../engine/cluster/rbd-support/perf-query.ts';
import {
  hasValues,
  PERF_COUNTERS,
  type PerfCounter,
  type PerfRow,
  perfRows,
} from '../../../engine/cluster/rbd-support/perf-report.ts';
import { byteText, countText } from '../format/size-text.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

export type ImageStat = PerfRow;

/** What the two perf commands look at: rates of images, of all pools, of one, or of a namespace. */
export class ImageStats {
  readonly #run: RbdRun;
  readonly #spec: string;

  constructor(run: RbdRun, { pool, nspace }: { readonly pool: string; readonly nspace: string }) {
    this.#run = run;
    this.#spec = nspace === '' ? pool : `${pool === '' ? run.defaultPool : pool}/${nspace}`;
  }

  get isOfAllPools(): boolean {
    return this.#spec === '';
  }

  /** The busiest first. Refuses what the manager refuses. */
  now(sortBy: PerfCounter): ImageStat[] {
    const { cluster } = this.#run.process;
    try {
      const query = askForPerf(cluster.records, supportRados(cluster.records, this.#run.rados), this.#spec);
      cluster.startClientModules();
      return perfRows(query, sortBy, 'stat').filter(hasValues);
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      throw new RbdError(`mgr command failed: ${cppStrerror(error.errno)}: ${error.context}`, error.errno);
    }
  }

  /** Waits for the next report, and first, where images are idle, until one is read or written, or `ready`. */
  *next(ready: () => boolean = () => false): Task<void> {
    const { cluster } = this.#run.process;
    const isBusy = () => isSomethingCounted(cluster.records, this.#spec);
    if (!isBusy() && !cluster.hasWork()) yield* waitUntil('an image is read or written', () => isBusy() || ready());
    if (!ready()) yield PERF_PERIOD_US;
  }

  /** Runs a task while OSDs are asked again and again, also while another command runs beside. */
  *whileAsking(task: Task<void>): Task<void> {
    const { cluster } = this.#run.process;
    const hold = { on: true };
    cluster.context.spawnTimer(`rbd-perf-asking-${this.#run.rados.clientId}`, this.#keepAsking(hold));
    try {
      yield* task;
    } finally {
      hold.on = false;
    }
  }

  *#keepAsking(hold: { readonly on: boolean }): Task<void> {
    while (hold.on) {
      yield PERF_PERIOD_US;
      if (hold.on && perfQueryTable(this.#run.process.cluster.records).has(this.#spec)) this.now('write_ops');
    }
  }
}

/** A rate as people read it. @ceph src/tools/rbd/action/Perf.cc format_stat — exact */
export function statText(counter: PerfCounter, value: number): string {
  if (counter.endsWith('_ops')) return `${countText(Math.floor(value))}/s`;
  if (counter.endsWith('_bytes')) return `${byteText(Math.floor(value))}/s`;
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} s`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} ms`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(2)} us` : `${value.toFixed(2)} ns`;
}

/** Each of its rates in words, in the order of the counters. */
export function statTexts({ values }: ImageStat): string[] {
  return PERF_COUNTERS.map((counter, at) => statText(counter, values[at] ?? 0));
}

/** With its pool where all pools are looked at. */
export function statName({ pool, nspace, image }: ImageStat, withPool: boolean): string {
  return withPool ? `${pool}/${nspace === '' ? '' : `${nspace}/`}${image}` : image;
}
