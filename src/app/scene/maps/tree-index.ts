import type { MapTree } from '../../../protocol/maps.ts';

/** A CRUSH tree with the way down: children of each row, and where an id stands. */
export interface TreeIndex {
  readonly tree: MapTree;
  readonly roots: readonly number[];
  /** Rows of the children of row r: `list[start[r]]` to before `list[start[r + 1]]`, in natural order. */
  readonly start: Int32Array;
  readonly list: Int32Array;
  /** The first row of an id: an OSD may hang in several roots. */
  readonly rowOf: ReadonlyMap<number, number>;
}

export function indexTree(tree: MapTree): TreeIndex {
  const count = tree.ids.length;
  const start = new Int32Array(count + 1);
  for (const parent of tree.parents) if (parent >= 0) start[parent + 1] = (start[parent + 1] ?? 0) + 1;
  for (let row = 0; row < count; row++) start[row + 1] = (start[row + 1] ?? 0) + (start[row] ?? 0);
  const next = start.slice();
  const list = new Int32Array(start[count] ?? 0);
  const roots: number[] = [];
  const rowOf = new Map<number, number>();
  tree.parents.forEach((parent, row) => {
    const id = tree.ids[row] ?? 0;
    if (!rowOf.has(id)) rowOf.set(id, row);
    if (parent < 0) roots.push(row);
    else {
      const at = next[parent] ?? 0;
      list[at] = row;
      next[parent] = at + 1;
    }
  });
  for (let row = 0; row < count; row++) sortByName(tree, list.subarray(start[row] ?? 0, start[row + 1] ?? 0));
  return { tree, roots, start, list, rowOf };
}

/** Natural order: OSDs by id, buckets by name with numbers as numbers, so that rack2 stands before rack10. */
function sortByName(tree: MapTree, rows: Int32Array): void {
  if (rows.every((row) => (tree.ids[row] ?? 0) >= 0)) {
    rows.sort((a, b) => (tree.ids[a] ?? 0) - (tree.ids[b] ?? 0));
    return;
  }
  rows.sort((a, b) => BY_NAME.compare(tree.names[a] ?? '', tree.names[b] ?? ''));
}

const BY_NAME = new Intl.Collator('en', { numeric: true });

export function childrenOf(index: TreeIndex, row: number): Int32Array {
  return index.list.subarray(index.start[row] ?? 0, index.start[row + 1] ?? 0);
}

/** Rows from the root down to `row`, itself included. */
export function pathTo(index: TreeIndex, row: number): readonly number[] {
  const path: number[] = [];
  for (let at = row; at >= 0; at = index.tree.parents[at] ?? -1) path.unshift(at);
  return path;
}

export function isOsdRow(index: TreeIndex, row: number): boolean {
  return (index.tree.ids[row] ?? -1) >= 0;
}

/** Ids of the OSDs under a row, itself where it is one; each once. */
export function osdsUnder(index: TreeIndex, row: number): readonly number[] {
  const found = new Set<number>();
  const visit = (at: number): void => {
    const id = index.tree.ids[at] ?? -1;
    if (id >= 0) found.add(id);
    for (const child of childrenOf(index, at)) visit(child);
  };
  visit(row);
  return [...found].sort((a, b) => a - b);
}

export function typeOf(index: TreeIndex, row: number): string {
  return index.tree.typeNames[index.tree.types[row] ?? 0] ?? '';
}

/** `rack3 / node12`: the names above a row, the root left out where there is more. */
export function placeText(index: TreeIndex, row: number): string {
  const above = pathTo(index, row).slice(0, -1);
  const shown = above.length > 1 ? above.slice(1) : above;
  return shown.map((at) => index.tree.names[at] ?? '').join(' / ');
}

/** Rows whose name holds `text`, names that begin with it first; `12` finds `osd.12`. */
export function findRows(index: TreeIndex, text: string, most: number): readonly number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const exact: number[] = [];
  const begins: number[] = [];
  const holds: number[] = [];
  index.tree.names.forEach((name, row) => {
    const lower = name.toLowerCase();
    if (lower === wanted || lower === `osd.${wanted}`) exact.push(row);
    else if (lower.startsWith(wanted)) begins.push(row);
    else if (holds.length < most && lower.includes(wanted)) holds.push(row);
  });
  return [...exact, ...begins, ...holds].slice(0, most);
}

/** The ancestor of a row whose type is `type`; the row itself where there is none. */
export function ancestorOfType(index: TreeIndex, row: number, type: string): number {
  for (let at = row; at >= 0; at = index.tree.parents[at] ?? -1) if (typeOf(index, at) === type) return at;
  return row;
}

/** Types of the buckets that hold others, from the root down, each once. */
export function bucketTypes(index: TreeIndex): readonly string[] {
  const depthOf = new Map<string, number>();
  index.tree.ids.forEach((id, row) => {
    const type = typeOf(index, row);
    if (id < 0) depthOf.set(type, Math.max(depthOf.get(type) ?? 0, index.tree.depths[row] ?? 0));
  });
  return [...depthOf].sort((a, b) => a[1] - b[1]).map(([type]) => type);
}
