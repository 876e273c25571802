import { memo } from 'react';
import { type Bins, binLane, laneStats, stackBin } from '../../scene/layout/bins.ts';
import { type LaneRow, markOf, objectsShown } from '../../scene/layout/images.ts';
import { CELL_KINDS, type CellKind, cellKind } from '../../scene/marks.ts';
import { Cell, HATCH } from './cell.tsx';

interface LaneProps {
  readonly row: LaneRow;
  readonly x: number;
}

/** The cells of one lane; drawn anew only if its cells or its place have changed. */
export const Lane = memo(function Lane({ row, x }: LaneProps) {
  return (
    <g transform={`translate(${x} ${row.cellY})`} data-lane={row.key} data-counts={countsOf(row)}>
      {row.grid.mode === 'cells' ? <Cells row={row} /> : <BinMarks row={row} />}
    </g>
  );
}, sameLane);

function sameLane(a: LaneProps, b: LaneProps): boolean {
  const one = a.row;
  const two = b.row;
  return (
    a.x === b.x &&
    sameCells(one.lane.cells, two.lane.cells) &&
    one.cellY === two.cellY &&
    one.cellHeight === two.cellHeight &&
    one.span === two.span &&
    one.grid.pitch === two.grid.pitch &&
    one.grid.mode === two.grid.mode &&
    one.grid.range.from === two.grid.range.from &&
    one.grid.range.to === two.grid.range.to
  );
}

/** Lanes come anew from the worker also where nothing in them has changed. */
function sameCells(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && a.every((cell, index) => cell === b[index]));
}

function countsOf(row: LaneRow): string {
  const { counts } = laneStats(row.lane.cells);
  return CELL_KINDS.map((kind, index) => `${kind}:${counts[index] ?? 0}`).join(' ');
}

function Cells({ row }: { readonly row: LaneRow }) {
  const { from, to } = objectsShown(row);
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  return numbers.map((objectNo) => {
    const mark = markOf(row, objectNo);
    if (mark === null) return null;
    return (
      <Cell
        key={objectNo}
        kind={cellKind(row.lane.cells[objectNo] ?? 0)}
        x={mark.x}
        y={0}
        width={mark.width}
        height={row.cellHeight}
        label={row.grid.numbered ? String(objectNo) : null}
        objectNo={objectNo}
      />
    );
  });
}

/** Many objects a mark: the fill of each bin shows their mix. One path a kind, however many bins. */
function BinMarks({ row }: { readonly row: LaneRow }) {
  const { grid, cellHeight } = row;
  const range = { from: grid.range.from / row.span, to: grid.range.to / row.span };
  const bins = binLane(row.lane.cells, range, grid.marks);
  const bounds = Math.min(
    grid.marks,
    Math.ceil(((row.lane.objectCount - range.from) * grid.marks) / (range.to - range.from)),
  );
  const paths = binPaths(bins, grid.pitch, grid.markWidth, cellHeight);
  return (
    <>
      <path className="st-bins-ground" d={ground(bounds, grid.pitch, grid.markWidth, cellHeight)} />
      {[...paths].map(([kind, path]) => (
        <path
          key={kind}
          className={`st-bin st-bin-${kind}`}
          data-kind={kind}
          d={path}
          fill={kind === 'parent' ? HATCH : undefined}
        />
      ))}
    </>
  );
}

function ground(bins: number, pitch: number, width: number, height: number): string {
  let path = '';
  for (let bin = 0; bin < bins; bin++) path += `M${fixed(bin * pitch)} 0h${fixed(width)}v${height}h-${fixed(width)}z`;
  return path;
}

export function binPaths(bins: Bins, pitch: number, width: number, height: number): ReadonlyMap<CellKind, string> {
  const paths = new Map<CellKind, string>();
  for (let bin = 0; bin < bins.bins; bin++) {
    for (const slice of stackBin(bins, bin, height)) {
      const kind = cellKind(slice.kind);
      const piece = `M${fixed(bin * pitch)} ${fixed(slice.y)}h${fixed(width)}v${fixed(slice.height)}h-${fixed(width)}z`;
      paths.set(kind, (paths.get(kind) ?? '') + piece);
    }
  }
  return paths;
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
