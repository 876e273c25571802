import type { ImageView } from '../../../protocol/view.ts';
import { clamp } from '../units.ts';
import { binOf, type CellRange } from './bins.ts';
import { type Family, familiesOf, type TreeRow } from './image-tree.ts';
import { usedRange } from './used-range.ts';

/** How the cells of a family are drawn, the same for all its lanes so that columns stand under each other. */
export interface Grid {
  /** `cells`: a mark an object; `bins`: a mark for many. */
  readonly mode: 'cells' | 'bins';
  /** The columns shown. */
  readonly range: CellRange;
  /** Columns that the whole family has. */
  readonly columns: number;
  /** Distance from one mark to the next, and a mark's width, in pixels. */
  readonly pitch: number;
  readonly markWidth: number;
  /** Number of marks. */
  readonly marks: number;
  readonly numbered: boolean;
  /** True where there is more than can be shown as cells: the family then has a ruler to open ranges with. */
  readonly large: boolean;
}

export interface LaneRow extends TreeRow {
  readonly familyKey: string;
  readonly grid: Grid;
  /** Columns that one object of this image covers. */
  readonly span: number;
  readonly y: number;
  readonly height: number;
  /** Left edge of its label, and of the tree line that leads to it. */
  readonly labelX: number;
  /** Where its cells are. */
  readonly cellY: number;
  readonly cellHeight: number;
}

export interface Ruler {
  readonly familyKey: string;
  readonly y: number;
  readonly height: number;
  readonly grid: Grid;
  /** What the family shows by itself. */
  readonly used: CellRange;
  /** True where a range was chosen instead. */
  readonly chosen: boolean;
}

/** A tree line: from under `parent` down and right to `row`; `clone` where it leads from a snapshot to an image. */
export interface TreeLink {
  readonly key: string;
  readonly x: number;
  readonly fromY: number;
  readonly toY: number;
  readonly toX: number;
  readonly clone: boolean;
}

export interface ImagesLayout {
  readonly width: number;
  readonly height: number;
  /** Labels beside the cells, or above them where the panel is narrow. */
  readonly labels: 'beside' | 'above';
  readonly cellsX: number;
  readonly cellsWidth: number;
  readonly rows: readonly LaneRow[];
  readonly rulers: readonly Ruler[];
  readonly links: readonly TreeLink[];
  readonly byKey: ReadonlyMap<string, LaneRow>;
}

export interface ImagesLayoutOptions {
  readonly width: number;
  /** Height that is there; few lanes spread to use it. */
  readonly height: number;
  /** Ranges that were opened, by family. */
  readonly windows: ReadonlyMap<string, CellRange>;
  /** Type scale: 1, or 1.4 on a projector. */
  readonly scale: number;
}

const PAD = 12;
const INDENT = 14;
const CELL_LEAST = 9;
const CELL_MOST = 30;
/** Words, the bar, and below it the lines from the opened range to the cells. */
const RULER_HEIGHT = 36;
const FAMILY_GAP = 14;
const BIN_PITCH = 5;

/** Places every lane, ruler and tree line of the images panel. */
export function layoutImages(images: readonly ImageView[], options: ImagesLayoutOptions): ImagesLayout {
  const { width, scale } = options;
  const labels = width >= 440 * scale ? 'beside' : 'above';
  const labelWidth = labels === 'beside' ? Math.round(clamp(width * 0.32, 150 * scale, 230 * scale)) : 0;
  const families = familiesOf(images);
  const deepest = Math.max(0, ...families.flatMap((family) => family.rows.map((row) => row.depth)));
  const narrowIndent = Math.min(8, 48 / Math.max(1, deepest));
  const cellsX = labels === 'beside' ? PAD + labelWidth + 8 : Math.round(PAD + deepest * narrowIndent);
  const cellsWidth = Math.max(80, width - cellsX - PAD);
  const stretch = stretchOf(families, labels, options);
  const place: Place = { labels, labelWidth, narrowIndent, scale, stretch };
  const rows: LaneRow[] = [];
  const rulers: Ruler[] = [];
  let y = 6;
  for (const family of families) {
    const grid = gridOf(family, cellsWidth, options.windows.get(family.key), scale);
    if (grid.large) {
      const used = ownRange(family, cellsWidth, scale);
      const chosen = options.windows.has(family.key);
      rulers.push({ familyKey: family.key, y, height: RULER_HEIGHT * scale, grid, used, chosen });
      y += RULER_HEIGHT * scale;
    }
    for (const row of placeRows(family, grid, y, place)) rows.push(row);
    y = (rows.at(-1)?.y ?? y) + (rows.at(-1)?.height ?? 0) + FAMILY_GAP;
  }
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return { width, height: y, labels, cellsX, cellsWidth, rows, rulers, links: linksOf(rows, byKey, scale), byKey };
}

interface Place {
  readonly labels: 'beside' | 'above';
  readonly labelWidth: number;
  /** Indent of a level where labels stand above: cells begin to the right of all tree lines. */
  readonly narrowIndent: number;
  readonly scale: number;
  /** Pixels by which each lane is higher than it must be. */
  readonly stretch: number;
}

const LABEL_HEIGHT = 34;
const STRETCH_MOST = 16;

/** Few lanes share the height that is left; many scroll. */
function stretchOf(
  families: readonly Family[],
  labels: Place['labels'],
  { height, scale }: ImagesLayoutOptions,
): number {
  const rows = families.reduce((sum, family) => sum + family.rows.length, 0);
  const least = (labels === 'above' ? LABEL_HEIGHT + 30 : LABEL_HEIGHT + 6) * scale;
  const rulers = families.length * (FAMILY_GAP + RULER_HEIGHT * scale);
  return Math.floor(clamp((height - rulers - rows * least) / Math.max(1, rows), 0, STRETCH_MOST * scale));
}

function placeRows(family: Family, grid: Grid, top: number, place: Place): readonly LaneRow[] {
  const { scale, stretch } = place;
  const above = place.labels === 'above';
  const square = grid.mode === 'bins' ? 22 * scale : grid.markWidth;
  const cellHeight = Math.round(clamp(square + stretch / 2, 20 * scale, 28 * scale));
  const labelHeight = LABEL_HEIGHT * scale;
  const height = stretch + (above ? labelHeight + cellHeight + 6 : Math.max(labelHeight + 6, cellHeight + 12));
  const deepest = Math.max(0, ...family.rows.map((row) => row.depth));
  const indent = above ? place.narrowIndent : Math.min(INDENT, (place.labelWidth - 110 * scale) / Math.max(1, deepest));
  return family.rows.map((row, index) => {
    const y = top + index * height;
    const span = 2 ** (row.image.order - family.order);
    const cellY = Math.round(above ? y + labelHeight + 2 : y + (height - cellHeight) / 2);
    return {
      ...row,
      familyKey: family.key,
      grid,
      span,
      y,
      height,
      labelX: Math.round(PAD + row.depth * indent),
      cellY,
      cellHeight,
    };
  });
}

function linksOf(rows: readonly LaneRow[], byKey: ReadonlyMap<string, LaneRow>, scale: number): readonly TreeLink[] {
  /** The lower edge of a label's two lines, from the top of its row. */
  const labelBottom = (row: LaneRow) =>
    row.cellY >= row.y + LABEL_HEIGHT * scale ? LABEL_HEIGHT * scale : (row.height + LABEL_HEIGHT * scale) / 2;
  return rows.flatMap((row) => {
    const parent = row.parentKey === null ? undefined : byKey.get(row.parentKey);
    if (parent === undefined) return [];
    const x = parent.labelX + 5;
    return [
      {
        key: row.key,
        x,
        fromY: parent.y + labelBottom(parent) - 1,
        toY: row.y + labelBottom(row) - 25 * scale,
        toX: row.labelX - 2,
        clone: row.lane.snapId === null,
      },
    ];
  });
}

/** Chooses how a family is drawn in `width` pixels, and which of its columns. */
export function gridOf(family: Family, width: number, window: CellRange | undefined, scale: number): Grid {
  const columns = family.columns;
  const large = columns > Math.floor(width / CELL_LEAST);
  const range = large ? fitRange(window ?? ownRange(family, width, scale), columns) : whole(columns);
  const shown = range.to - range.from;
  if (shown > Math.floor(width / CELL_LEAST)) return binGrid(range, columns, width);
  const pitch = Math.min(CELL_MOST * scale, Math.floor(width / shown));
  const needed = (7.25 * String(range.to - 1).length + 2.5) * scale;
  return {
    mode: 'cells',
    range,
    columns,
    pitch,
    markWidth: pitch - (pitch > 16 ? 3 : 2),
    marks: shown,
    numbered: pitch - 3 >= needed,
    large,
  };
}

function binGrid(range: CellRange, columns: number, width: number): Grid {
  const marks = Math.min(range.to - range.from, Math.floor(width / BIN_PITCH));
  const pitch = width / marks;
  return { mode: 'bins', range, columns, pitch, markWidth: pitch - 1, marks, numbered: false, large: true };
}

/** What a large family shows by itself: what is used, in no less than fits with numbers. */
function ownRange(family: Family, width: number, scale: number): CellRange {
  return usedRange(family, Math.max(16, 2 ** Math.floor(Math.log2(width / (20 * scale)))));
}

function whole(columns: number): CellRange {
  return { from: 0, to: columns };
}

/** Keeps a range inside the columns, and not narrower than four. */
export function fitRange(range: CellRange, columns: number): CellRange {
  const least = Math.min(4, columns);
  const from = clamp(Math.floor(range.from), 0, columns - least);
  return { from, to: clamp(Math.ceil(range.to), from + least, columns) };
}

/** Left edge and width of an object's mark, relative to the cells' left edge; null where it is not in the range. */
export function markOf(row: LaneRow, objectNo: number): { readonly x: number; readonly width: number } | null {
  const { grid, span } = row;
  const column = objectNo * span;
  const at = Math.max(column, grid.range.from);
  if (grid.mode === 'bins') {
    const bin = binOf(grid.range, grid.marks, at);
    return bin < 0 ? null : { x: bin * grid.pitch, width: grid.markWidth };
  }
  const end = Math.min(column + span, grid.range.to);
  if (at >= grid.range.to || end <= at) return null;
  const x = (at - grid.range.from) * grid.pitch;
  return { x, width: (end - at) * grid.pitch - (grid.pitch - grid.markWidth) };
}

/** The objects that a row shows one by one, as numbers from `from` to before `to`. */
export function objectsShown(row: LaneRow): CellRange {
  const from = Math.floor(row.grid.range.from / row.span);
  return { from, to: Math.max(from, Math.min(row.lane.objectCount, Math.ceil(row.grid.range.to / row.span))) };
}

/** The object at a point of the cells' area (relative to its left edge); null beside them. In bins, the bin's first used one. */
export function objectAt(row: LaneRow, x: number): number | null {
  const { grid } = row;
  const mark = Math.floor(x / grid.pitch);
  if (mark < 0 || mark >= grid.marks) return null;
  if (grid.mode === 'cells') return within(row, Math.floor((grid.range.from + mark) / row.span));
  const width = grid.range.to - grid.range.from;
  const from = grid.range.from + Math.floor((width * mark) / grid.marks);
  const to = grid.range.from + Math.floor((width * (mark + 1)) / grid.marks);
  const first = Math.ceil(from / row.span);
  const last = Math.min(row.lane.objectCount, Math.ceil(to / row.span));
  for (let at = first; at < last; at++) if ((row.lane.cells[at] ?? 0) !== 0) return at;
  return within(row, first);
}

function within(row: LaneRow, objectNo: number): number | null {
  return objectNo < row.lane.objectCount ? objectNo : null;
}

/** The row at a height of the panel's content. */
export function rowAt(layout: ImagesLayout, y: number): LaneRow | null {
  return layout.rows.find((row) => y >= row.y && y < row.y + row.height) ?? null;
}
