import { layoutPgs, type PgLayout } from '../layout/pgs.ts';

/** PGs of a pool in a grid: each a tile or a cell, or many in one cell where there are more than can be told apart. */
export interface PgGrid {
  /** First PG shown, and how many. */
  readonly from: number;
  readonly count: number;
  /** PGs in one cell: a power of two. */
  readonly perCell: number;
  readonly layout: PgLayout;
}

const CELLS_MOST = 4096;
/** What a cell of many opens into. */
const OPENED = 1024;

export interface PgRange {
  readonly from: number;
  readonly to: number;
}

export function gridOf(
  range: PgRange,
  size: { readonly width: number; readonly height: number },
  pgidLetters: number,
  scale: number,
): PgGrid {
  const count = Math.max(1, range.to - range.from);
  let perCell = 1;
  while (count / perCell > CELLS_MOST) perCell *= 2;
  const cells = Math.ceil(count / perCell);
  return {
    from: range.from,
    count,
    perCell,
    layout: evenGaps(layoutPgs(cells, size.width, size.height, pgidLetters, scale)),
  };
}

/** The same gap to the side as below: with one of them alone, small cells run together into stripes. */
function evenGaps(layout: PgLayout): PgLayout {
  const gap = Math.min(layout.pitchX - layout.width, layout.pitchY - layout.height);
  return { ...layout, width: layout.pitchX - gap, height: layout.pitchY - gap };
}

/** The PGs in a cell, clipped to what is shown. */
export function cellRange(grid: PgGrid, cell: number): PgRange {
  const from = grid.from + cell * grid.perCell;
  return { from, to: Math.min(from + grid.perCell, grid.from + grid.count) };
}

/** The range that opens where a cell of many is chosen: a round one around it. */
export function opened(grid: PgGrid, cell: number): PgRange {
  const { from } = cellRange(grid, cell);
  const span = Math.max(OPENED, grid.perCell);
  const start = Math.floor(from / span) * span;
  return { from: Math.max(grid.from, start), to: Math.min(start + span, grid.from + grid.count) };
}

/** The range of `span` PGs that holds one, within `of`. */
export function rangeAround(seed: number, of: number): PgRange {
  if (of <= CELLS_MOST) return { from: 0, to: of };
  const from = Math.floor(seed / OPENED) * OPENED;
  return { from, to: Math.min(of, from + OPENED) };
}

export function cellOf(grid: PgGrid, seed: number): number | null {
  if (seed < grid.from || seed >= grid.from + grid.count) return null;
  return Math.floor((seed - grid.from) / grid.perCell);
}

export function pgidOf(pool: number, seed: number): string {
  return `${pool}.${seed.toString(16)}`;
}

/** The number of the PG in `1.2a`; null where the text is none of the pool. */
export function seedOf(pgid: string): { readonly pool: number; readonly seed: number } | null {
  const parts = /^(\d+)\.([0-9a-f]+)$/i.exec(pgid.trim());
  if (parts === null) return null;
  return { pool: Number(parts[1]), seed: Number.parseInt(parts[2] ?? '', 16) };
}
