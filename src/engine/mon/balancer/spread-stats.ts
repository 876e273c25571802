import { erf } from './erf.ts';

/** How something lies on the OSDs below a root. */
export interface SpreadStats {
  readonly max: number;
  readonly min: number;
  readonly avg: number;
  readonly stddev: number;
  /** Shares of those that have too much. */
  readonly sumWeight: number;
  readonly score: number;
  /** False where there is nothing at all. */
  readonly isAny: boolean;
}

export const NO_STATS: SpreadStats = { max: 0, min: 0, avg: 0, stddev: 0, sumWeight: 0, score: 0, isAny: false };

/**
 * Holds amounts by OSD against shares; the score sums up those that have too much, each by how far it is beyond the
 * average.
 *
 * @ceph src/pybind/mgr/balancer/module.py Eval.calc_stats — exact but for the last digits, which are the C library's
 */
export function spreadStats(
  counts: ReadonlyMap<number, number>,
  target: ReadonlyMap<number, number>,
  total: number,
): SpreadStats {
  const size = Math.max(target.size, 1);
  const avg = total / size;
  let [score, sumWeight, dev] = [0, 0, 0];
  for (const [osd, count] of counts) {
    const share = target.get(osd) ?? 0;
    const adjusted = share === 0 ? 0 : count / share / size;
    if (adjusted > avg) {
      score += share * erf((adjusted - avg) / avg / Math.SQRT2);
      sumWeight += share;
    }
    dev += (avg - adjusted) * (avg - adjusted);
  }
  const values = [...counts.values()];
  return {
    max: Math.max(...values),
    min: Math.min(...values),
    avg,
    stddev: Math.sqrt(dev / Math.max(size - 1, 1)),
    sumWeight,
    score: score / Math.max(sumWeight, 1),
    isAny: true,
  };
}
