import { type CopyGrid, copyGrid } from './osd-pgs.ts';
import type { OsdBox, OsdLayout } from './osds.ts';

/** Where things are inside an OSD's box, relative to it. */
export interface OsdInside {
  readonly pad: number;
  readonly nameY: number;
  readonly cellsY: number;
  readonly grid: CopyGrid | null;
  readonly barY: number | null;
  readonly textY: number | null;
}

/** The inside of a box: a name, its PGs, and below them how full it is. */
export function osdInside(layout: OsdLayout, box: OsdBox, copies: number, scale: number): OsdInside {
  const pad = 8 * scale;
  const nameY = 15 * scale;
  if (layout.detail === 'mark') return { pad: 2, nameY, cellsY: 0, grid: null, barY: null, textY: null };
  const cellsY = 24 * scale;
  const full = layout.detail === 'full';
  const foot = full ? 28 * scale : 10;
  const grid = copyGrid(copies, box.width - 2 * pad, box.height - cellsY - foot);
  return {
    pad,
    nameY,
    cellsY,
    grid,
    barY: box.height - (full ? 24 * scale : 9),
    textY: full ? box.height - 6 * scale : null,
  };
}
