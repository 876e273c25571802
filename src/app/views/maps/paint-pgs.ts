import type { PgTable } from '../../../protocol/maps.ts';
import { pgPosition } from '../../scene/layout/pgs.ts';
import { mixHex } from '../../scene/maps/diverging.ts';
import type { PgFacts } from '../../scene/maps/pg-facts.ts';
import { cellRange, type PgGrid, pgidOf } from '../../scene/maps/pg-grid.ts';
import type { Tokens } from '../stage/use-tokens.ts';

export interface PgPicture {
  readonly table: PgTable;
  /** Copies that each PG should have. */
  readonly wanted: number;
  readonly facts: PgFacts;
  readonly lit: Uint8Array;
  readonly grid: PgGrid;
  readonly scale: number;
  readonly tokens: Tokens;
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws the grid: tiles with numbers, cells, or cells of many whose brightness is the share that moves. */
export function paintPgs(context: CanvasRenderingContext2D, picture: PgPicture): void {
  const { grid } = picture;
  if (grid.perCell > 1) {
    paintMany(context, picture);
    return;
  }
  for (let at = 0; at < grid.layout.count; at++) {
    const cell = cellBox(grid, at);
    if (grid.layout.mode === 'tiles') paintTile(context, picture, grid.from + at, cell);
    else paintCell(context, picture, grid.from + at, cell);
  }
}

function cellBox({ layout }: PgGrid, at: number): Cell {
  const place = pgPosition(layout, at);
  const [x, y] = [Math.round(place.x), Math.round(place.y)];
  return {
    x,
    y,
    width: Math.max(1, Math.round(place.x + layout.width) - x),
    height: Math.max(1, Math.round(place.y + layout.height) - y),
  };
}

interface Counts {
  readonly moved: number;
  readonly missing: number;
  readonly on: number;
}

function countsOf({ facts, lit, grid }: PgPicture, at: number): Counts {
  const { from, to } = cellRange(grid, at);
  let [moved, missing, on] = [0, 0, 0];
  for (let seed = from; seed < to; seed++) {
    moved += facts.changed[seed] ?? 0;
    if ((facts.missing[seed] ?? 0) > 0) missing += 1;
    if ((lit[seed] ?? 0) > 0) on += 1;
  }
  return { moved, missing, on };
}

/** The heat map: what is chosen before what moves, before what lacks copies; the brighter the more. */
function paintMany(context: CanvasRenderingContext2D, picture: PgPicture): void {
  const { grid, tokens } = picture;
  const counts = Array.from({ length: grid.layout.count }, (_, at) => countsOf(picture, at));
  const most = { on: 1, moved: 1, missing: 1 };
  for (const { on, moved, missing } of counts) {
    most.on = Math.max(most.on, on);
    most.moved = Math.max(most.moved, moved);
    most.missing = Math.max(most.missing, missing);
  }
  const calm = mixHex(tokens.panel, tokens.pgClean, 0.3);
  const colours = { on: tokens.select, moved: tokens.pgMoving, missing: tokens.pgDegraded };
  for (const [at, cell] of counts.entries()) {
    const what = cell.on > 0 ? 'on' : cell.moved > 0 ? 'moved' : 'missing';
    const share = cell[what] === 0 ? 0 : 0.18 + (0.82 * cell[what]) / most[what];
    const { x, y, width, height } = cellBox(grid, at);
    context.fillStyle = mixHex(calm, colours[what], share);
    context.fillRect(x, y, width, height);
  }
}

function paintCell(context: CanvasRenderingContext2D, picture: PgPicture, seed: number, cell: Cell): void {
  const { facts, lit, tokens } = picture;
  const { x, y, width, height } = cell;
  const missing = facts.missing[seed] ?? 0;
  const moved = facts.changed[seed] ?? 0;
  const calm = mixHex(tokens.panel, tokens.pgClean, 0.34);
  const lost = missing >= picture.wanted ? mixHex(tokens.panel, tokens.pgDown, 0.3) : tokens.pgDegraded;
  context.fillStyle = missing > 0 ? lost : moved > 0 ? tokens.pgMoving : calm;
  context.fillRect(x, y, width, height);
  if ((lit[seed] ?? 0) > 0) paintLit(context, cell, tokens);
  if (width < 5 || height < 5) return;
  if (missing > 0) cutCorner(context, picture, seed, cell);
  else if (moved > 0 && (lit[seed] ?? 0) === 0) {
    context.fillStyle = tokens.panel;
    context.fillRect(x + 2, y + 2, width - 4, height - 4);
  }
}

function paintLit(context: CanvasRenderingContext2D, { x, y, width, height }: Cell, tokens: Tokens): void {
  context.fillStyle = tokens.select;
  if (width < 5) context.fillRect(x, y, width, height);
  else context.fillRect(x + 1, y + 1, width - 2, height - 2);
}

/** One corner cut where copies are missing; a cross where all are. */
function cutCorner(
  context: CanvasRenderingContext2D,
  { facts, wanted, tokens }: PgPicture,
  seed: number,
  cell: Cell,
): void {
  const { x, y, width, height } = cell;
  context.fillStyle = tokens.ground;
  context.beginPath();
  if ((facts.missing[seed] ?? 0) >= wanted) {
    context.strokeStyle = tokens.pgDown;
    context.moveTo(x, y);
    context.lineTo(x + width, y + height);
    context.moveTo(x + width, y);
    context.lineTo(x, y + height);
    context.stroke();
    return;
  }
  const corner = Math.min(width, height) / 2.4;
  context.moveTo(x + width - corner, y);
  context.lineTo(x + width, y);
  context.lineTo(x + width, y + corner);
  context.fill();
}

function paintTile(context: CanvasRenderingContext2D, picture: PgPicture, seed: number, cell: Cell): void {
  const { facts, lit, table, grid, tokens, scale } = picture;
  const { x, y, width, height } = cell;
  const moved = facts.changed[seed] ?? 0;
  const made = facts.moved[seed] ?? 0;
  const missing = facts.missing[seed] ?? 0;
  const on = lit[seed] ?? 0;
  const none = missing >= picture.wanted;
  const edge = none
    ? tokens.pgDown
    : missing > 0
      ? tokens.pgDegraded
      : moved > 0
        ? tokens.pgMoving
        : mixHex(tokens.panel, tokens.pgClean, 0.6);
  context.fillStyle =
    on > 0 ? mixHex(tokens.panel, tokens.select, 0.38) : mixHex(tokens.panel, edge, moved > 0 ? 0.28 : 0.1);
  context.strokeStyle = on > 0 ? tokens.select : edge;
  context.lineWidth = on === 2 ? 2 : 1;
  const shape = new Path2D();
  shape.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, 3);
  context.fill(shape);
  context.setLineDash(moved > 0 && missing === 0 ? [4, 3] : []);
  context.stroke(shape);
  context.setLineDash([]);
  if (missing > 0) cutCorner(context, picture, seed, cell);
  if (grid.layout.text === 'none') return;
  context.fillStyle = tokens.ink;
  context.font = `${11.5 * scale}px ${tokens.fontMono}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const name = grid.layout.text === 'pgid' ? pgidOf(table.pool, seed) : seed.toString(16);
  const two = made > 0 && height >= 30 * scale;
  context.fillText(name, x + width / 2, y + height / 2 + (two ? -6 * scale : 1));
  if (two) {
    context.fillStyle = tokens.pgMoving;
    context.font = `${10.5 * scale}px ${tokens.fontSans}`;
    context.fillText(`→ ${made}`, x + width / 2, y + height / 2 + 8 * scale);
  }
}
