import type { PgView } from '../../../protocol/view.ts';
import { type PgMark, pgMark } from '../marks.ts';

/** A PG on one OSD, as a small cell in its box. */
export interface PgCopy {
  readonly pgid: string;
  readonly mark: PgMark;
  readonly primary: boolean;
  readonly filled: boolean;
}

/** The PGs that each OSD holds, in the order of the view. */
export function copiesByOsd(pgs: readonly PgView[]): ReadonlyMap<number, readonly PgCopy[]> {
  const byOsd = new Map<number, PgCopy[]>();
  for (const pg of pgs) {
    const mark = pgMark(pg.state);
    for (const id of new Set(pg.acting)) {
      const copy = { pgid: pg.pgid, mark, primary: id === pg.actingPrimary, filled: pg.objects > 0 };
      const list = byOsd.get(id);
      if (list === undefined) byOsd.set(id, [copy]);
      else list.push(copy);
    }
  }
  return byOsd;
}

/** The grid of small cells in an area. */
export interface CopyGrid {
  readonly columns: number;
  readonly pitch: number;
  readonly size: number;
}

const LARGEST = 13;

const SMALLEST = 4;

/** The room that an OSD's box has for its cells, and how many they are. */
export interface CopyRoom {
  readonly count: number;
  readonly width: number;
  readonly height: number;
}

/** One distance for the cells of all boxes: the largest, in whole pixels, at which the fullest box holds its own. */
export function copyPitch(rooms: readonly CopyRoom[]): number {
  for (let pitch = LARGEST; pitch > SMALLEST; pitch--) if (rooms.every((room) => holds(room, pitch))) return pitch;
  return SMALLEST;
}

function holds({ count, width, height }: CopyRoom, pitch: number): boolean {
  return Math.floor((width + 1) / pitch) * Math.floor((height + 1) / pitch) >= count;
}

/** The cells of one box; null where they do not fit even at the smallest size, at which they would say nothing. */
export function copyGrid(room: CopyRoom, pitch: number): CopyGrid | null {
  if (!holds(room, pitch)) return null;
  return { columns: Math.max(1, Math.floor((room.width + 1) / pitch)), pitch, size: pitch - (pitch > 7 ? 2 : 1) };
}

export function copyPosition(grid: CopyGrid, index: number): { readonly x: number; readonly y: number } {
  return { x: (index % grid.columns) * grid.pitch, y: Math.floor(index / grid.columns) * grid.pitch };
}

export function copyIndexAt(grid: CopyGrid, x: number, y: number): number {
  const column = Math.floor(x / grid.pitch);
  if (x < 0 || y < 0 || column >= grid.columns) return -1;
  return Math.floor(y / grid.pitch) * grid.columns + column;
}
