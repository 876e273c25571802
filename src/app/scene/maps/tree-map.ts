import { childrenOf, isOsdRow, type TreeIndex } from './tree-index.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the rows of a tree are drawn; the boxes of rows that are not shown are empty. */
export interface TreeMapLayout {
  readonly width: number;
  readonly height: number;
  /** Row whose content fills the picture, without a frame; -1 for all roots side by side. */
  readonly top: number;
  /** x, y, width, height of row r from 4·r on. */
  readonly boxes: Float32Array;
  /** Rows shown, parents before children. */
  readonly shown: Int32Array;
  /** Height of the line that names a bucket; 0 where there is no room for one. */
  readonly heads: Float32Array;
}

/** Even what weighs nothing is seen: a share of the mean. */
const LEAST_SHARE = 0.12;
/** A box as wide as this to its height reads best. */
const ASPECT = 1.35;

/**
 * Size of each row: of OSDs what `sizeOf` tells, with a least so that nothing vanishes; of buckets the sum. An
 * empty bucket has the least.
 */
export function treeSizes(index: TreeIndex, sizeOf: (osd: number, row: number) => number): Float64Array {
  const { ids, parents } = index.tree;
  const sizes = new Float64Array(ids.length);
  let sum = 0;
  let leaves = 0;
  ids.forEach((id, row) => {
    if (id < 0) return;
    sizes[row] = Math.max(0, sizeOf(id, row));
    sum += sizes[row] ?? 0;
    leaves += 1;
  });
  const least = leaves === 0 || sum === 0 ? 1 : (sum / leaves) * LEAST_SHARE;
  for (let row = ids.length - 1; row >= 0; row--) {
    if (isOsdRow(index, row) || childrenOf(index, row).length === 0) sizes[row] = Math.max(least, sizes[row] ?? 0);
    const parent = parents[row] ?? -1;
    if (parent >= 0) sizes[parent] = (sizes[parent] ?? 0) + (sizes[row] ?? 0);
  }
  return sizes;
}

/**
 * A tree map that keeps the order of its index: the children of a bucket stand in rows, left to right and top to
 * bottom, each with an area by its size. Equal sizes give a grid.
 */
export function layoutTreeMap(
  index: TreeIndex,
  sizes: Float64Array,
  top: number,
  size: { readonly width: number; readonly height: number },
  scale: number,
): TreeMapLayout {
  const boxes = new Float32Array(index.tree.ids.length * 4);
  const heads = new Float32Array(index.tree.ids.length);
  const shown: number[] = [];
  const place = (row: number, box: Rect): void => {
    boxes.set([box.x, box.y, box.width, box.height], row * 4);
    shown.push(row);
    const children = childrenOf(index, row);
    if (children.length === 0) return;
    const frame = row === top ? { head: 0, inside: box } : frameOf(box, scale);
    heads[row] = frame.head;
    placeAll(children, frame.inside);
  };
  const placeAll = (rows: ArrayLike<number>, box: Rect): void => {
    const strips = stripsOf(rows, sizes, box);
    for (const { row, rect } of strips) place(row, rect);
  };
  const whole = { x: 0, y: 0, width: size.width, height: size.height };
  if (top < 0) placeAll(index.roots, whole);
  else place(top, whole);
  return { width: size.width, height: size.height, top, boxes, heads, shown: Int32Array.from(shown) };
}

/** The room inside a bucket: under its name where one fits, with edges that grow with the box. */
function frameOf(box: Rect, scale: number): { readonly head: number; readonly inside: Rect } {
  const named = box.width >= 46 * scale && box.height >= 40 * scale;
  const head = named ? 17 * scale : 0;
  const pad = Math.min(box.width, box.height) < 14 ? 0.5 : Math.min(box.width, box.height) < 60 ? 1.5 : 4;
  return {
    head,
    inside: {
      x: box.x + pad,
      y: box.y + (named ? head : pad),
      width: Math.max(0.5, box.width - 2 * pad),
      height: Math.max(0.5, box.height - pad - (named ? head : pad)),
    },
  };
}

interface Strip {
  readonly row: number;
  readonly rect: Rect;
}

function stripsOf(rows: ArrayLike<number>, sizes: Float64Array, box: Rect): readonly Strip[] {
  const values = Array.from(rows, (row) => sizes[row] ?? 0);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total <= 0 || values.length === 0) return [];
  const cuts = bestCuts(values, total, box);
  const strips: Strip[] = [];
  let y = box.y;
  for (let at = 0; at < cuts.length - 1; at++) {
    const from = cuts[at] ?? 0;
    const to = cuts[at + 1] ?? 0;
    const sum = sumOf(values, from, to);
    const height = (box.height * sum) / total;
    let x = box.x;
    for (let child = from; child < to; child++) {
      const width = sum === 0 ? 0 : (box.width * (values[child] ?? 0)) / sum;
      strips.push({ row: rows[child] ?? 0, rect: { x, y, width, height } });
      x += width;
    }
    y += height;
  }
  return strips;
}

/** The number of rows whose boxes come nearest to the best shape; the rows as indexes of their first children. */
function bestCuts(values: readonly number[], total: number, box: Rect): readonly number[] {
  const guess = Math.sqrt((values.length * box.height * ASPECT) / Math.max(1e-6, box.width));
  const low = Math.max(1, Math.floor(guess) - 2);
  const high = Math.min(values.length, Math.ceil(guess) + 2);
  let best: readonly number[] = cutsOf(values, total, Math.min(low, values.length));
  let worth = Number.POSITIVE_INFINITY;
  for (let rows = Math.min(low, high); rows <= high; rows++) {
    const cuts = cutsOf(values, total, rows);
    const cost = costOf(values, total, cuts, box);
    if (cost < worth) [best, worth] = [cuts, cost];
  }
  return best;
}

/** Cuts the children into so many rows of about the same size, in order. */
function cutsOf(values: readonly number[], total: number, rows: number): readonly number[] {
  const cuts = [0];
  let sum = 0;
  values.forEach((value, at) => {
    const wanted = (total * cuts.length) / rows;
    if (at > (cuts.at(-1) ?? 0) && cuts.length < rows && sum + value / 2 > wanted + 1e-9) cuts.push(at);
    sum += value;
  });
  return [...cuts, values.length];
}

/** How far the boxes are from the best shape, and the rows from each other. */
function costOf(values: readonly number[], total: number, cuts: readonly number[], box: Rect): number {
  let cost = 0;
  let fewest = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let at = 0; at < cuts.length - 1; at++) {
    const from = cuts[at] ?? 0;
    const to = cuts[at + 1] ?? 0;
    const sum = sumOf(values, from, to);
    const height = (box.height * sum) / total;
    fewest = Math.min(fewest, to - from);
    most = Math.max(most, to - from);
    for (let child = from; child < to; child++) {
      const width = (box.width * (values[child] ?? 0)) / Math.max(1e-9, sum);
      cost += Math.max(width / ASPECT / Math.max(1e-9, height), height / Math.max(1e-9, width / ASPECT));
    }
  }
  return (cost / values.length) * (1 + (0.35 * (most - fewest)) / most);
}

function sumOf(values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at] ?? 0;
  return sum;
}

export function boxOf(layout: TreeMapLayout, row: number): Rect {
  const at = row * 4;
  const { boxes } = layout;
  return { x: boxes[at] ?? 0, y: boxes[at + 1] ?? 0, width: boxes[at + 2] ?? 0, height: boxes[at + 3] ?? 0 };
}

/** The innermost row at a point; null outside of all. */
export function rowAt(index: TreeIndex, layout: TreeMapLayout, x: number, y: number): number | null {
  let found: number | null = null;
  let rows: ArrayLike<number> = layout.top < 0 ? index.roots : [layout.top];
  for (;;) {
    const hit = Array.prototype.find.call(rows, (row: number) => holds(boxOf(layout, row), x, y));
    if (typeof hit !== 'number') return found;
    found = hit;
    rows = childrenOf(index, hit);
  }
}

function holds(box: Rect, x: number, y: number): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}
