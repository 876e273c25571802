/** How hot objects were that an agent looked at, by powers of two. @ceph src/common/histogram.h pow2_hist_t — exact */
export class TemperatureHistogram {
  readonly #bins: number[] = [];

  /** Adds one, and tells the share that is at most as hot, in millionths. */
  addAndRank(temperature: number): number {
    const bin = temperature === 0 ? 0 : Math.floor(Math.log2(temperature)) + 1;
    while (this.#bins.length <= bin) this.#bins.push(0);
    this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
    const total = this.#bins.reduce((sum, count) => sum + count, 0);
    const upper = this.#bins.slice(0, bin + 1).reduce((sum, count) => sum + count, 0);
    return Math.floor((upper * 1_000_000) / total);
  }
}
