import type { Rng } from '../../../engine/base/rng.ts';
import { type BenchPlan, busyThreads } from './bench-run.ts';

/**
 * Where each thread's next request goes. `seq` gives every thread a part of the image, `full-seq` lets them follow each
 * other, `rand` goes anywhere.
 * @ceph src/tools/rbd/action/Bench.cc do_bench — exact, but for the random numbers
 */
export class BenchOffsets {
  readonly #plan: BenchPlan;
  readonly #imageSize: number;
  readonly #random: () => number;
  /** Bytes of a thread's part. */
  readonly #chunk: number;
  current: number[];

  constructor(plan: BenchPlan, imageSize: number, rng: Rng, stream: string) {
    const { ioSize, threads } = plan;
    const length = busyThreads(plan);
    this.#plan = plan;
    this.#imageSize = imageSize;
    this.#random = () => rng.below(stream, Math.floor(imageSize / ioSize)) * ioSize;
    this.#chunk = Math.floor(imageSize / ioSize / threads) * ioSize;
    this.current = Array.from({ length }, (_, thread) => this.#first(thread));
  }

  /** Goes on, once `done` bytes have been asked for. */
  advance(done: number): void {
    this.current = this.current.map((off, thread) => this.#next(off, thread, done));
  }

  #first(thread: number): number {
    const { pattern, ioSize } = this.#plan;
    if (pattern === 'rand') return this.#random();
    return pattern === 'seq' ? this.#chunk * thread : this.#wrapped(ioSize * thread);
  }

  #next(off: number, thread: number, done: number): number {
    const { pattern, ioSize, threads } = this.#plan;
    if (pattern === 'rand') return this.#random();
    if (pattern === 'full-seq') {
      const next = off + ioSize * threads;
      return next + ioSize > this.#imageSize ? this.#first(thread) : next;
    }
    const next = done < this.#chunk * threads ? off + ioSize : done + thread * ioSize;
    return next + ioSize > this.#imageSize ? this.#chunk * thread : next;
  }

  /** More threads than requests fit: they begin anew. */
  #wrapped(off: number): number {
    return off + this.#plan.ioSize > this.#imageSize ? 0 : off;
  }
}
