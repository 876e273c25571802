import { OSD_FLAG, type OsdTable, type PgTable } from '../../../protocol/maps.ts';

/** What stands in a PG's place where it has no OSD. */
export const NO_OSD = 0x7fffffff;

export interface SpreadStats {
  readonly osds: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Standard deviation of the population. */
  readonly deviation: number;
}

export function statsOf(values: readonly number[]): SpreadStats {
  const osds = values.length;
  if (osds === 0) return { osds: 0, min: 0, max: 0, mean: 0, deviation: 0 };
  let [min, max, sum] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  const mean = sum / osds;
  const variance = values.reduce((all, value) => all + (value - mean) ** 2, 0) / osds;
  return { osds, min, max, mean, deviation: Math.sqrt(variance) };
}

/** Ids of the OSDs that a spread is taken over: those that get PGs, and those that should. */
export function countedOsds(osds: OsdTable, pgs: ArrayLike<number>): readonly number[] {
  const found: number[] = [];
  osds.flags.forEach((flags, osd) => {
    const takes = (flags & OSD_FLAG.in) !== 0 && (osds.expected[osd] ?? 0) > 0;
    if ((flags & OSD_FLAG.exists) !== 0 && (takes || (pgs[osd] ?? 0) > 0)) found.push(osd);
  });
  return found;
}

/** Copies of a pool's PGs on each OSD. */
export function pgsOfPool(table: PgTable, side: 'before' | 'after', osds: number): Uint32Array {
  const counts = new Uint32Array(osds);
  for (const osd of table[side]) if (osd >= 0 && osd < osds) counts[osd] = (counts[osd] ?? 0) + 1;
  return counts;
}

export interface HistogramBin {
  /** Values from `from` to before `to`. */
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

const WIDTHS = [1, 2, 5];

/** Counts both sides in the same bins, whole numbers wide, at most `most` of them. */
export function histogramOf(
  before: readonly number[],
  after: readonly number[],
  most: number,
): readonly HistogramBin[] {
  if (before.length + after.length === 0) return [];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of [before, after])
    for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const width = niceWidth((high - low + 1) / most);
  const start = Math.floor(low / width) * width;
  const count = Math.floor((high - start) / width) + 1;
  const counts = { before: new Uint32Array(count), after: new Uint32Array(count) };
  const put = (into: Uint32Array, value: number): void => {
    const bin = Math.floor((value - start) / width);
    into[bin] = (into[bin] ?? 0) + 1;
  };
  for (const value of before) put(counts.before, value);
  for (const value of after) put(counts.after, value);
  return Array.from({ length: count }, (_, bin) => ({
    from: start + bin * width,
    to: start + (bin + 1) * width,
    before: counts.before[bin] ?? 0,
    after: counts.after[bin] ?? 0,
  }));
}

/** The least of 1, 2, 5, 10, 20, 50 … that is not below `least`. */
export function niceWidth(least: number): number {
  for (let power = 1; ; power *= 10) for (const width of WIDTHS) if (width * power >= least) return width * power;
}

/** How far an OSD is from what its weight says: 0.2 is a fifth too many; null where nothing is expected and nothing there. */
export function deviationOf(pgs: number, expected: number): number | null {
  if (expected <= 0) return pgs > 0 ? 1 : null;
  return pgs / expected - 1;
}

const ENDS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 2];

/** The end of a scale on which all but the outermost deviations lie. */
export function scaleEnd(deviations: readonly (number | null)[]): number {
  const sizes = deviations.flatMap((each) => (each === null ? [] : [Math.abs(each)])).sort((a, b) => a - b);
  const most = sizes[Math.floor((sizes.length - 1) * 0.94)] ?? 0;
  return ENDS.find((end) => end >= most) ?? 2;
}
