import { type CopyGrid, copyGrid, copyPitch, type PgCopy } from './osd-pgs.ts';
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

/** All boxes with their insides, by OSD. */
export type OsdInsides = ReadonlyMap<number, OsdInside>;

/** The insides of all boxes: a name, its PGs, and below them how full it is. The PGs' cells have one size in all of them. */
export function osdInsides(
  layout: OsdLayout,
  copies: ReadonlyMap<number, readonly PgCopy[]>,
  scale: number,
): OsdInsides {
  const rooms = layout.osds.map((box) => roomOf(layout, box, copies.get(box.id)?.length ?? 0, scale));
  const pitch = copyPitch(rooms);
  return new Map(
    layout.osds.map((box, index) => {
      const room = rooms[index];
      const grid = room === undefined || layout.detail === 'mark' ? null : copyGrid(room, pitch);
      return [box.id, insideOf(layout, box, grid, scale)];
    }),
  );
}

const TOP = 22;
const FOOT = 25;

function roomOf(layout: OsdLayout, box: OsdBox, count: number, scale: number) {
  const foot = layout.detail === 'full' ? FOOT * scale : 10;
  return { count, width: box.width - 16 * scale, height: box.height - TOP * scale - foot };
}

function insideOf(layout: OsdLayout, box: OsdBox, grid: CopyGrid | null, scale: number): OsdInside {
  const nameY = 15 * scale;
  if (layout.detail === 'mark') return { pad: 2, nameY, cellsY: 0, grid, barY: null, textY: null };
  const full = layout.detail === 'full';
  return {
    pad: 8 * scale,
    nameY,
    cellsY: TOP * scale,
    grid,
    barY: box.height - (full ? 22 * scale : 9),
    textY: full ? box.height - 6 * scale : null,
  };
}

const TAG_HEIGHT = 13.5;

/**
 * The badge of a lit box: astride its lower edge at the right, where no word stands, neither the box's own nor that of
 * the bucket or the box below. Null where there is no room for it.
 */
export function litTag(layout: OsdLayout, box: OsdBox, wordWidth: number, scale: number): OsdBox | null {
  const width = wordWidth + 14 * scale;
  const height = TAG_HEIGHT * scale;
  if (layout.detail !== 'full' || width > box.width - 16 * scale) return null;
  const y = Math.min(box.y + box.height - 3 * scale, layout.height - height);
  return { id: box.id, x: box.x + box.width - width - 8 * scale, y, width, height };
}
