import { rowKey } from '../../scene/layout/image-tree.ts';
import { type ImagesLayout, markOf } from '../../scene/layout/images.ts';
import type { CellRef } from '../../scene/selection.ts';
import type { Lit } from '../stage/use-lit.ts';

interface Spot {
  readonly ref: CellRef;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface CellFocusProps {
  readonly layout: ImagesLayout;
  readonly lit: Lit;
  readonly cells: readonly CellRef[];
}

/** Rings around the cells that are lit, and the way from a cell to the one that answers for it. */
export function CellFocus({ layout, lit, cells }: CellFocusProps) {
  const spots = cells.flatMap((ref) => spotOf(layout, ref) ?? []);
  const self = spots.find((spot) => spot.ref.role === 'self');
  const answer = spots.find((spot) => spot.ref.role === 'answers');
  return (
    <svg className="st-layer st-focus" width={layout.width} height={layout.height} aria-hidden="true">
      {self !== undefined && answer !== undefined && <path className="st-answers" d={way(self, answer)} />}
      {spots.map((spot) => (
        <rect
          key={`${spot.ref.imageId}@${spot.ref.snap}#${spot.ref.objectNo}`}
          className={spot.ref.role === 'self' ? 'st-ring-self' : 'st-ring-answers'}
          x={spot.x - 2}
          y={spot.y - 2}
          width={spot.width + 4}
          height={spot.height + 4}
          rx={5}
        />
      ))}
      <HeaderFocus layout={layout} lit={lit} />
    </svg>
  );
}

function HeaderFocus({ layout, lit }: { readonly layout: ImagesLayout; readonly lit: Lit }) {
  const target = lit.target;
  if (target?.kind !== 'object' || target.objectNo !== undefined || target.imageId === undefined) return null;
  const row = layout.byKey.get(target.imageId);
  if (row === undefined) return null;
  const width = (layout.labels === 'beside' ? layout.cellsX - 10 : layout.width - 20) - row.labelX;
  return (
    <rect
      className="st-ring-self"
      x={row.labelX - 3}
      y={row.y + 1}
      width={width}
      height={layout.labels === 'beside' ? row.height - 2 : 36}
      rx={5}
    />
  );
}

function spotOf(layout: ImagesLayout, ref: CellRef): Spot | null {
  const row = layout.byKey.get(rowKey(ref.imageId, ref.snap));
  const mark = row === undefined ? null : markOf(row, ref.objectNo);
  if (row === undefined || mark === null) return null;
  return { ref, x: layout.cellsX + mark.x, y: row.cellY, width: mark.width, height: row.cellHeight };
}

/** From a cell to the one that answers: in one column along the gap beside it, so that no number is struck through. */
function way(self: Spot, answer: Spot): string {
  const up = answer.y < self.y;
  const fromY = up ? self.y - 2 : self.y + self.height + 2;
  const toY = up ? answer.y + answer.height + 2 : answer.y - 2;
  const gap = self.x + self.width + 1.5;
  if (self.x === answer.x) return `M${gap} ${fromY + (up ? 3 : -3)}V${toY + (up ? -3 : 3)}`;
  const fromX = self.x + self.width / 2;
  const toX = answer.x + answer.width / 2;
  return `M${fromX} ${fromY}C${fromX} ${(fromY + toY) / 2} ${toX} ${(fromY + toY) / 2} ${toX} ${toY}`;
}
