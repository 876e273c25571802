import { type CellRange, laneStats } from './bins.ts';
import type { Family } from './image-tree.ts';

/**
 * What a large family shows as long as no range was chosen: the columns that anything is stored in, in a window of
 * `least` or that doubled and doubled again, so that it grows seldom and by much instead of with every write.
 * A window that would be half of the family or more is the whole.
 */
export function usedRange(family: Family, least: number): CellRange {
  const { from, to } = usedColumns(family);
  for (let size = least; size * 2 <= family.columns; size *= 2) {
    const start = Math.floor(from / (size / 2)) * (size / 2);
    if (start + size >= to) return within(start, size, family.columns);
  }
  return { from: 0, to: family.columns };
}

function within(start: number, size: number, columns: number): CellRange {
  const from = Math.max(0, Math.min(start, columns - size));
  return { from, to: from + size };
}

function usedColumns(family: Family): CellRange {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const { lane, image } of family.rows) {
    const { usedStart, usedEnd } = laneStats(lane.cells);
    if (usedEnd === 0) continue;
    const span = 2 ** (image.order - family.order);
    from = Math.min(from, usedStart * span);
    to = Math.max(to, usedEnd * span);
  }
  return to === 0 ? { from: 0, to: 0 } : { from, to };
}
