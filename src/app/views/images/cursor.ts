import { type ImagesLayout, type LaneRow, objectsShown } from '../../scene/layout/images.ts';
import { clamp } from '../../scene/units.ts';

/** Where the keyboard is: on a cell, or on a name (`objectNo` null), which stands for the header. */
export interface CellCursor {
  readonly row: LaneRow;
  readonly objectNo: number | null;
}

/** Where an arrow key leads from `cursor`; null for other keys. The first key leads to the first cell. */
export function moveCursor(layout: ImagesLayout, cursor: CellCursor | null, key: string): CellCursor | null {
  const first = layout.rows[0];
  if (first === undefined || !KEYS.has(key)) return null;
  const row = cursor === null ? undefined : layout.byKey.get(cursor.row.key);
  if (cursor === null || row === undefined) return { row: first, objectNo: objectsShown(first).from };
  if (key === 'ArrowUp' || key === 'ArrowDown')
    return otherRow(layout, row, cursor.objectNo, key === 'ArrowUp' ? -1 : 1);
  const { from, to } = objectsShown(row);
  if (key === 'Home') return { row, objectNo: from };
  if (key === 'End') return { row, objectNo: Math.max(from, to - 1) };
  return { row, objectNo: sideways(row, cursor.objectNo, key === 'ArrowLeft' ? -1 : 1) };
}

const KEYS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

function otherRow(layout: ImagesLayout, row: LaneRow, objectNo: number | null, by: number): CellCursor {
  const next = layout.rows[layout.rows.indexOf(row) + by] ?? row;
  if (objectNo === null) return { row: next, objectNo };
  const { from, to } = objectsShown(next);
  return { row: next, objectNo: clamp(Math.floor((objectNo * row.span) / next.span), from, Math.max(from, to - 1)) };
}

/** To the next mark; left of the first one is the name. */
function sideways(row: LaneRow, objectNo: number | null, by: number): number | null {
  const { from, to } = objectsShown(row);
  if (objectNo === null) return by > 0 ? from : null;
  const step = row.grid.mode === 'cells' ? 1 : Math.max(1, Math.ceil((to - from) / row.grid.marks));
  const next = objectNo + by * step;
  return next < from ? null : Math.min(next, Math.max(from, to - 1));
}
