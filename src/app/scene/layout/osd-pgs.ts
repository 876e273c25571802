import type { PgView, PoolView } from '../../../protocol/view.ts';
import { isOsd, type PgMark, pgMark } from '../marks.ts';

/** A PG on one OSD, as a small cell in its box. */
export interface PgCopy {
  readonly pgid: string;
  readonly mark: PgMark;
  readonly primary: boolean;
  readonly filled: boolean;
  /** The OSD is to hold it (it is up), but does not serve it yet. */
  readonly arriving: boolean;
  /** Its shard in an erasure pool; null in a replicated one. */
  readonly shard: number | null;
}

/** The PGs that each OSD holds, or is to hold, in the order of the view. */
export function copiesByOsd(
  pgs: readonly PgView[],
  pools: readonly Pick<PoolView, 'id' | 'type'>[],
): ReadonlyMap<number, readonly PgCopy[]> {
  const erasure = new Set(pools.filter(({ type }) => type === 'erasure').map(({ id }) => id));
  const byOsd = new Map<number, PgCopy[]>();
  for (const pg of pgs) {
    for (const [id, copy] of copiesOf(pg, erasure.has(pg.pool))) {
      const list = byOsd.get(id);
      if (list === undefined) byOsd.set(id, [copy]);
      else list.push(copy);
    }
  }
  return byOsd;
}

function copiesOf(pg: PgView, erasure: boolean): ReadonlyMap<number, PgCopy> {
  const { pgid, state, up, acting, actingPrimary, objects } = pg;
  const mark = pgMark(state);
  const copies = new Map<number, PgCopy>();
  const add = (id: number, shard: number, arriving: boolean): void => {
    if (!isOsd(id) || copies.has(id)) return;
    const primary = id === actingPrimary && !arriving;
    copies.set(id, { pgid, mark, primary, filled: objects > 0 && !arriving, arriving, shard: erasure ? shard : null });
  };
  for (const [shard, id] of acting.entries()) add(id, shard, false);
  if (up !== acting) for (const [shard, id] of up.entries()) add(id, shard, true);
  return copies;
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
