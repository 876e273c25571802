/** How many PGs are drawn as tiles with their numbers, and as cells of their own; beyond that as a heat map. */
const TILES_MOST = 128;
const CELLS_MOST = 4096;
const TILE_WIDEST = 64;
const TILE_TALLEST = 44;
const TILE_LEAST = 24;

export interface PgLayout {
  readonly mode: 'tiles' | 'cells' | 'heat';
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  /** Distance between tiles, and their size, in pixels. */
  readonly pitchX: number;
  readonly pitchY: number;
  readonly width: number;
  readonly height: number;
  /** What the tile has room to say. */
  readonly text: 'pgid' | 'seed' | 'none';
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Places `count` PGs of one pool in an area; the order is that of their seeds, a row a round number of them. */
export function layoutPgs(count: number, width: number, height: number, pgidLetters: number, scale: number): PgLayout {
  const mode = count <= TILES_MOST ? 'tiles' : count <= CELLS_MOST ? 'cells' : 'heat';
  if (mode === 'tiles') return tiles(count, width, height, pgidLetters, scale);
  const columns = bestColumns(count, width, height, 1);
  const rows = Math.ceil(count / columns);
  const pitchY = Math.min(18, Math.max(mode === 'heat' ? 1 : 3, height / rows));
  const pitchX = Math.min(24, Math.max(mode === 'heat' ? 1 : 3, Math.min(width / columns, pitchY * 2)));
  return {
    mode,
    count,
    columns,
    rows,
    pitchX,
    pitchY,
    width: pitchX - gapOf(pitchX),
    height: pitchY - gapOf(pitchY),
    text: 'none',
  };
}

/** Cells that are too small for a gap touch each other: a gap narrower than a pixel would only flicker. */
function gapOf(pitch: number): number {
  return pitch > 8 ? 2 : pitch > 3.5 ? 1 : 0;
}

function tiles(count: number, width: number, height: number, letters: number, scale: number): PgLayout {
  const named = letters * 7.3 + 6;
  const fits = Math.max(4, 2 ** Math.floor(Math.log2((width + 4) / (named * scale + 4))));
  const roomy = count <= fits * Math.floor((height + 4) / (TILE_LEAST * scale + 4));
  const columns =
    count <= 4 ? Math.max(1, count) : roomy ? Math.min(fits, bestColumns(count, width, height, 1.3)) : fits;
  const rows = Math.max(1, Math.ceil(count / columns));
  const gap = 4;
  const tileWidth = Math.min(TILE_WIDEST * scale, (width - (columns - 1) * gap) / columns);
  const tallest = Math.min(TILE_TALLEST * scale, (height - (rows - 1) * gap) / rows);
  const tileHeight = Math.max(TILE_LEAST * scale, tallest);
  const text = tileWidth >= named * scale ? 'pgid' : tileWidth >= 20 * scale ? 'seed' : 'none';
  return {
    mode: 'tiles',
    count,
    columns,
    rows,
    pitchX: tileWidth + gap,
    pitchY: tileHeight + gap,
    width: tileWidth,
    height: tileHeight,
    text,
  };
}

/** The round number of columns that leaves the largest tiles, whose width to height is near `aspect`. */
function bestColumns(count: number, width: number, height: number, aspect: number): number {
  let best = 1;
  let bestSize = 0;
  for (let columns = 4; columns <= 1024; columns *= 2) {
    const size = Math.min(width / columns / aspect, height / Math.ceil(count / columns));
    if (size > bestSize) {
      best = columns;
      bestSize = size;
    }
  }
  return best;
}

export function pgPosition(layout: PgLayout, index: number): Point {
  return {
    x: (index % layout.columns) * layout.pitchX,
    y: Math.floor(index / layout.columns) * layout.pitchY,
  };
}

/** The index of the tile at a point; null beside the tiles. */
export function pgIndexAt(layout: PgLayout, point: Point): number | null {
  const column = Math.floor(point.x / layout.pitchX);
  const row = Math.floor(point.y / layout.pitchY);
  if (column < 0 || column >= layout.columns || row < 0) return null;
  const index = row * layout.columns + column;
  return index < layout.count ? index : null;
}

/** Height that the tiles take. */
export function pgsHeight(layout: PgLayout): number {
  return Math.max(0, layout.rows * layout.pitchY - (layout.pitchY - layout.height));
}

/** Width that the tiles take. */
export function pgsWidth(layout: PgLayout): number {
  return Math.min(layout.count, layout.columns) * layout.pitchX - (layout.pitchX - layout.width);
}
