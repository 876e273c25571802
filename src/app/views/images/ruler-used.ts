import { binLane, KINDS } from '../../scene/layout/bins.ts';
import type { ImagesLayout, Ruler } from '../../scene/layout/images.ts';

const TICK = 3;

/** Marks on a ruler where any lane of the family has something; at least three pixels, so that one object shows. */
export function usedPath(layout: ImagesLayout, ruler: Ruler): string {
  const bins = Math.max(1, Math.floor(layout.cellsWidth / TICK));
  const used = new Uint8Array(bins);
  for (const row of layout.rows) {
    if (row.familyKey !== ruler.familyKey) continue;
    const counts = binLane(row.lane.cells, { from: 0, to: ruler.grid.columns / row.span }, bins).counts;
    for (let at = 0; at < counts.length; at++) {
      if (at % KINDS !== 0 && (counts[at] ?? 0) > 0) used[Math.floor(at / KINDS)] = 1;
    }
  }
  return Array.from(used, (it, bin) => (it === 1 ? `M${bin * TICK} 2h${TICK}v6h-${TICK}z` : '')).join('');
}
