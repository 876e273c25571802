import { CELL_KINDS } from '../marks.ts';

/** A range of cells in object numbers: `from` to before `to`. */
export interface CellRange {
  readonly from: number;
  readonly to: number;
}

export interface LaneStats {
  /** How many cells of each kind, by the kind's number. */
  readonly counts: readonly number[];
  /** The first cell that is not a hole, and one past the last; 0 where all are. */
  readonly usedStart: number;
  readonly usedEnd: number;
}

const statsCache = new WeakMap<Uint8Array, LaneStats>();

/** Counts of a lane; kept by the identity of its cells, which are never changed in place. */
export function laneStats(cells: Uint8Array): LaneStats {
  const known = statsCache.get(cells);
  if (known !== undefined) return known;
  const stats = countCells(cells, 0, cells.length);
  statsCache.set(cells, stats);
  return stats;
}

export function countCells(cells: Uint8Array, from: number, to: number): LaneStats {
  const counts = new Array<number>(CELL_KINDS.length).fill(0);
  let usedStart = 0;
  let usedEnd = 0;
  for (let at = from; at < Math.min(to, cells.length); at++) {
    const kind = cells[at] ?? 0;
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (kind === 0) continue;
    if (usedEnd === 0) usedStart = at;
    usedEnd = at + 1;
  }
  return { counts, usedStart, usedEnd };
}

/** Counts per bin and kind: entry `bin * kinds + kind`. Bin `i` covers from `edge(i)` to before `edge(i + 1)`. */
export interface Bins {
  readonly range: CellRange;
  readonly bins: number;
  readonly counts: Uint32Array;
}

export const KINDS = CELL_KINDS.length;

export function binEdge(range: CellRange, bins: number, index: number): number {
  return range.from + Math.floor(((range.to - range.from) * index) / bins);
}

/** Which bin holds a cell; -1 outside the range. */
export function binOf(range: CellRange, bins: number, cell: number): number {
  if (cell < range.from || cell >= range.to) return -1;
  const guess = Math.floor(((cell - range.from) * bins) / (range.to - range.from));
  return cell >= binEdge(range, bins, guess + 1) ? guess + 1 : guess;
}

/** Sorts the cells of a range into bins of equal width; cells past the end of the lane count nowhere. */
export function binLane(cells: Uint8Array, range: CellRange, bins: number): Bins {
  const counts = new Uint32Array(bins * KINDS);
  for (let bin = 0; bin < bins; bin++) {
    const end = Math.min(binEdge(range, bins, bin + 1), cells.length);
    for (let at = binEdge(range, bins, bin); at < end; at++) {
      const slot = bin * KINDS + (cells[at] ?? 0);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }
  return { range, bins, counts };
}

/** How a bin is filled: heights of its kinds from the bottom up, in pixels. */
export interface BinSlice {
  readonly kind: number;
  readonly y: number;
  readonly height: number;
}

/** Order of the kinds in a bin, from the bottom: what is the image's own stands below what it borrows. */
const STACK = [4, 3, 1, 5, 6, 2] as const;
const LEAST_PX = 2;

/** Fills one bin of `height` pixels; anything that is there is seen, with two pixels at least. */
export function stackBin(bins: Bins, bin: number, height: number): readonly BinSlice[] {
  const present = STACK.filter((kind) => (bins.counts[bin * KINDS + kind] ?? 0) > 0);
  const total = binEdge(bins.range, bins.bins, bin + 1) - binEdge(bins.range, bins.bins, bin);
  const room = height - present.length * LEAST_PX;
  const slices: BinSlice[] = [];
  let bottom = height;
  for (const kind of present) {
    const share = (bins.counts[bin * KINDS + kind] ?? 0) / Math.max(1, total);
    const size = LEAST_PX + Math.max(0, room) * share;
    bottom -= size;
    slices.push({ kind, y: bottom, height: size });
  }
  return slices;
}
