import { clamp } from '../units.ts';

/** How many PGs are always tiles, and how many where there is room; then cells of their own; beyond that a heat map. */
const TILES_MOST = 128;
const TILES_IN_ROOM = 1024;
const TILE_ROOM = 44 * 26;
const CELLS_MOST = 4096;
/** Sizes of a tile: the least with its whole id and its objects, and the least with anything to read at all. */
const ROOMY_HEIGHT = 24;
const LEAST_HEIGHT = 13;
const LEAST_WIDTH = 18;
/** Fewer PGs than fill the page do not grow beyond a card. */
const CARD_WIDTH = 360;
const CARD_HEIGHT = 240;
/** A tile as wide as this to its height reads best. */
const ASPECT = 1.5;

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
  /** What the tile has room to say, and whether its OSDs too. */
  readonly text: 'pgid' | 'seed' | 'none';
  readonly withOsds: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Places `count` PGs of one pool in an area; the order is that of their seeds, a row a round number of them. */
export function layoutPgs(count: number, width: number, height: number, pgidLetters: number, scale: number): PgLayout {
  const room = (width * height) / count >= TILE_ROOM * scale * scale;
  if (count <= TILES_MOST || (count <= TILES_IN_ROOM && room)) return tiles(count, width, height, pgidLetters, scale);
  const mode = count <= CELLS_MOST ? 'cells' : 'heat';
  const columns = bestColumns(count, width, height, 1);
  const rows = Math.ceil(count / columns);
  const pitchY = Math.min(32, Math.max(mode === 'heat' ? 1 : 3, height / rows));
  const pitchX = Math.min(48, Math.max(mode === 'heat' ? 1 : 3, Math.min(width / columns, pitchY * 2)));
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
    withOsds: false,
  };
}

/** Cells that are too small for a gap touch each other: a gap narrower than a pixel would only flicker. */
function gapOf(pitch: number): number {
  return pitch > 8 ? 2 : pitch > 3.5 ? 1 : 0;
}

/** Tiles that fill the area: of the round numbers of columns the one with the best tiles that needs no scrolling. */
function tiles(count: number, width: number, height: number, letters: number, scale: number): PgLayout {
  const choices = Array.from({ length: 1 + Math.ceil(Math.log2(Math.max(1, count))) }, (_, power) =>
    tilesIn(Math.min(count, 2 ** power), count, width, height, letters, scale),
  );
  return choices.reduce((one, two) => (worth(two, height, scale) > worth(one, height, scale) ? two : one));
}

function tilesIn(
  columns: number,
  count: number,
  width: number,
  height: number,
  letters: number,
  scale: number,
): PgLayout {
  const rows = Math.max(1, Math.ceil(count / Math.max(1, columns)));
  const gap = width / Math.max(1, columns) < 32 * scale || height / rows < 20 * scale ? 2 : 4;
  const tileWidth = Math.min(CARD_WIDTH * scale, (width - (columns - 1) * gap) / Math.max(1, columns));
  const tileHeight = clamp((height - (rows - 1) * gap) / rows, LEAST_HEIGHT * scale, CARD_HEIGHT * scale);
  const text = tileWidth >= (letters * 7.3 + 6) * scale ? 'pgid' : tileWidth >= LEAST_WIDTH * scale ? 'seed' : 'none';
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
    withOsds: tileWidth >= 62 * scale && tileHeight >= 50 * scale,
  };
}

/** What a choice is worth: first that all of it is seen, then that it says something, then room to say more, then shape. */
function worth(layout: PgLayout, height: number, scale: number): number {
  const fits = pgsHeight(layout) <= height + 0.5 ? 8 : 0;
  const reads = layout.text === 'none' ? 0 : 4;
  const roomy = layout.text === 'pgid' && layout.height >= ROOMY_HEIGHT * scale ? 2 : 0;
  return reads + fits + roomy + shape(layout);
}

/** 0 to 1: how near to the best shape. */
function shape({ width, height }: PgLayout): number {
  return Math.min(width / ASPECT, height) / Math.max(width / ASPECT, height);
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
