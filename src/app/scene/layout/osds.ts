import { hierarchy, treemap } from 'd3-hierarchy';
import type { CrushNodeView, OsdView } from '../../../protocol/view.ts';

/** Up to here OSDs are boxes with their PGs inside; then rows of small boxes; then a tree map. */
const BOXES_MOST = 60;
const ROWS_MOST = 1500;

/** A node of the CRUSH tree with what is under it. */
export interface Bucket {
  readonly node: CrushNodeView;
  readonly buckets: readonly Bucket[];
  readonly osds: readonly OsdView[];
  /** OSDs under it at any depth. */
  readonly leaves: number;
}

export interface BucketBox {
  readonly node: CrushNodeView;
  readonly depth: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface OsdBox {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface OsdLayout {
  readonly mode: 'boxes' | 'rows' | 'treemap';
  readonly width: number;
  readonly height: number;
  readonly buckets: readonly BucketBox[];
  readonly osds: readonly OsdBox[];
  /** How much an OSD's box says. */
  readonly detail: 'full' | 'brief' | 'mark';
  readonly byId: ReadonlyMap<number, OsdBox>;
}

const UNPLACED: CrushNodeView = { id: -1_000_000, name: '', type: 'unplaced', parent: null, weight: 0 };

/** Builds the tree from its flat list; OSDs that hang nowhere come last, in a bucket of type `unplaced`. */
export function bucketsOf(tree: readonly CrushNodeView[], osds: readonly OsdView[]): readonly Bucket[] {
  const byId = new Map(osds.map((osd) => [osd.id, osd]));
  const children = new Map<number | null, CrushNodeView[]>();
  for (const node of tree) children.set(node.parent, [...(children.get(node.parent) ?? []), node]);
  const placed = new Set(tree.map((node) => node.id));
  const loose = osds.filter((osd) => !placed.has(osd.id));
  const roots = (children.get(null) ?? []).filter((node) => node.id < 0).map(build);
  const extra = loose.length === 0 ? [] : [{ node: UNPLACED, buckets: [], osds: loose, leaves: loose.length }];
  return [...roots.filter((root) => root.leaves > 0 || roots.length === 1), ...extra];

  function build(node: CrushNodeView): Bucket {
    const under = children.get(node.id) ?? [];
    const buckets = under.filter((child) => child.id < 0).map(build);
    const own = under.flatMap((child) => byId.get(child.id) ?? []);
    return { node, buckets, osds: own, leaves: own.length + buckets.reduce((sum, it) => sum + it.leaves, 0) };
  }
}

/** Places the CRUSH tree as nested boxes in an area; the height grows where it is too small for them. */
export function layoutOsds(
  tree: readonly CrushNodeView[],
  osds: readonly OsdView[],
  width: number,
  height: number,
  scale: number,
): OsdLayout {
  const roots = bucketsOf(tree, osds);
  if (osds.length > ROWS_MOST) return treemapLayout(roots, width, height);
  if (osds.length > BOXES_MOST) return rowsLayout(roots, width, scale);
  return boxesLayout(roots, width, height, scale);
}

function finish(
  mode: OsdLayout['mode'],
  width: number,
  height: number,
  buckets: readonly BucketBox[],
  osds: readonly OsdBox[],
  scale: number,
): OsdLayout {
  const narrow = Math.min(...osds.map((box) => box.width));
  const low = Math.min(...osds.map((box) => box.height));
  const detail =
    mode !== 'boxes'
      ? 'mark'
      : narrow >= 104 * scale && low >= 66 * scale
        ? 'full'
        : low >= 36 * scale && narrow >= 46 * scale
          ? 'brief'
          : 'mark';
  return { mode, width, height, buckets, osds, detail, byId: new Map(osds.map((box) => [box.id, box])) };
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const HEADER = 22;
const GAP = 8;
const OSD_LEAST_WIDTH = 100;
const OSD_LEAST_HEIGHT = 72;
const OSD_MOST_HEIGHT = 132;

function boxesLayout(roots: readonly Bucket[], width: number, height: number, scale: number): OsdLayout {
  const wanted = roots.reduce((sum, root) => sum + leastHeight(root, width, scale) + GAP, -GAP);
  const most = roots.reduce((sum, root) => sum + leastHeight(root, width, scale, OSD_MOST_HEIGHT) + GAP, -GAP);
  const total = Math.max(wanted, Math.min(height, most));
  const buckets: BucketBox[] = [];
  const osds: OsdBox[] = [];
  let y = 0;
  for (const root of roots) {
    const share = (leastHeight(root, width, scale) / Math.max(1, wanted + GAP - roots.length * GAP)) * spare();
    const area = { x: 0, y, width, height: share };
    placeBucket(root, area, 0, scale, buckets, osds);
    y += share + GAP;
  }
  return finish('boxes', width, Math.max(0, y - GAP), buckets, osds, scale);

  function spare(): number {
    return total - (roots.length - 1) * GAP;
  }
}

/** Height that a bucket needs in a width, its OSDs as low as they may be. */
function leastHeight(bucket: Bucket, width: number, scale: number, osdHeight = OSD_LEAST_HEIGHT): number {
  const inner = width - 2 * GAP;
  const header = HEADER * scale;
  const rows = osdRows(bucket, inner, scale);
  const own = rows === 0 ? 0 : rows * (osdHeight * scale + GAP);
  const lines = bucketLines(bucket, inner, scale);
  const nested = lines.reduce(
    (sum, line) =>
      sum + GAP + Math.max(...line.map((it) => leastHeight(it, lineWidth(inner, line.length), scale, osdHeight))),
    0,
  );
  return header + own + nested + (lines.length > 0 ? GAP : 0);
}

function osdColumns(bucket: Bucket, inner: number, scale: number): number {
  const fits = Math.max(1, Math.floor((inner + GAP) / (OSD_LEAST_WIDTH * scale + GAP)));
  const rows = Math.ceil(bucket.osds.length / Math.min(fits, 6));
  return Math.max(1, Math.ceil(bucket.osds.length / Math.max(1, rows)));
}

function osdRows(bucket: Bucket, inner: number, scale: number): number {
  return bucket.osds.length === 0 ? 0 : Math.ceil(bucket.osds.length / osdColumns(bucket, inner, scale));
}

/** Puts child buckets side by side as long as each has room for two OSDs in a row, or for all it has. */
function bucketLines(bucket: Bucket, inner: number, scale: number): readonly (readonly Bucket[])[] {
  const widest = Math.max(1, ...bucket.buckets.map((it) => Math.min(3, it.leaves)));
  const least = widest * (OSD_LEAST_WIDTH * scale + GAP) + GAP;
  const across = Math.max(1, Math.min(bucket.buckets.length, Math.floor((inner + GAP) / (least + GAP))));
  const lines: Bucket[][] = [];
  for (let at = 0; at < bucket.buckets.length; at += across) lines.push(bucket.buckets.slice(at, at + across));
  return lines;
}

function lineWidth(inner: number, count: number): number {
  return (inner - (count - 1) * GAP) / count;
}

function placeBucket(
  bucket: Bucket,
  area: Area,
  depth: number,
  scale: number,
  buckets: BucketBox[],
  osds: OsdBox[],
): void {
  buckets.push({ node: bucket.node, depth, ...area });
  const inner = area.width - 2 * GAP;
  const stretch = stretchOf(bucket, area, scale);
  let y = area.y + HEADER * scale;
  if (bucket.osds.length > 0) {
    const columns = osdColumns(bucket, inner, scale);
    const width = lineWidth(inner, columns);
    const height = OSD_LEAST_HEIGHT * scale * stretch;
    for (const [index, osd] of bucket.osds.entries()) {
      const x = area.x + GAP + (index % columns) * (width + GAP);
      osds.push({ id: osd.id, x, y: y + Math.floor(index / columns) * (height + GAP), width, height });
    }
    y += osdRows(bucket, inner, scale) * (height + GAP);
  }
  for (const line of bucketLines(bucket, inner, scale)) {
    const width = lineWidth(inner, line.length);
    const needs = Math.max(...line.map((it) => leastHeight(it, width, scale, OSD_LEAST_HEIGHT * stretch)));
    for (const [index, child] of line.entries()) {
      const x = area.x + GAP + index * (width + GAP);
      placeBucket(child, { x, y, width, height: needs }, depth + 1, scale, buckets, osds);
    }
    y += needs + GAP;
  }
}

/** How much taller than the least its OSDs may be, so that the bucket fills its area. */
function stretchOf(bucket: Bucket, area: Area, scale: number): number {
  const fixed = leastHeight(bucket, area.width, scale, 0);
  const least = leastHeight(bucket, area.width, scale);
  return Math.max(1, (area.height - fixed) / Math.max(1, least - fixed));
}

const ROW_LABEL = 60;
const ROW_BOX_LEAST = 6;
const ROW_BOX_MOST = 15;

function rowsLayout(roots: readonly Bucket[], width: number, scale: number): OsdLayout {
  const hosts = roots.flatMap(hostsUnder);
  const widest = Math.max(1, ...hosts.map((host) => host.osds.length));
  const label = ROW_LABEL * scale;
  const boxIn = (columns: number) => Math.floor(((width + GAP) / columns - GAP - label) / widest) - 2;
  const columns = [4, 3, 2].find((it) => it <= hosts.length && boxIn(it) >= ROW_BOX_LEAST) ?? 1;
  const hostWidth = (width + GAP) / columns - GAP;
  const box = Math.max(ROW_BOX_LEAST, Math.min(ROW_BOX_MOST, boxIn(columns)));
  const perRow = Math.max(1, Math.floor((hostWidth - label) / (box + 2)));
  const lines = Math.ceil(widest / perRow);
  const rowHeight = Math.max(16 * scale, lines * (box + 2)) + 2;
  const buckets: BucketBox[] = [];
  const osds: OsdBox[] = [];
  for (const [index, host] of hosts.entries()) {
    const perColumn = Math.ceil(hosts.length / columns);
    const x = Math.floor(index / perColumn) * (hostWidth + GAP);
    const y = (index % perColumn) * rowHeight;
    buckets.push({ node: host.node, depth: 1, x, y, width: hostWidth, height: rowHeight });
    for (const [at, osd] of host.osds.entries()) {
      const left = x + label + (at % perRow) * (box + 2);
      const top = y + (rowHeight - lines * (box + 2)) / 2 + 1;
      osds.push({ id: osd.id, x: left, y: top + Math.floor(at / perRow) * (box + 2), width: box, height: box });
    }
  }
  return finish('rows', width, Math.ceil(hosts.length / columns) * rowHeight, buckets, osds, scale);
}

function hostsUnder(bucket: Bucket): readonly Bucket[] {
  const nested = bucket.buckets.flatMap(hostsUnder);
  return bucket.osds.length > 0 ? [bucket, ...nested] : nested;
}

interface TreemapDatum {
  readonly bucket: Bucket | null;
  readonly osd: OsdView | null;
  readonly children: readonly TreemapDatum[];
}

function treemapLayout(roots: readonly Bucket[], width: number, height: number): OsdLayout {
  const data: TreemapDatum = { bucket: null, osd: null, children: roots.map(treemapDatum) };
  const root = hierarchy(data, (it) => [...it.children]).sum((it) =>
    it.osd === null ? 0 : Math.max(0.001, it.osd.crushWeight),
  );
  const placed = treemap<TreemapDatum>().size([width, height]).paddingInner(0.5).paddingTop(2).round(false)(root);
  const buckets: BucketBox[] = [];
  const osds: OsdBox[] = [];
  placed.each((it) => {
    const area = { x: it.x0, y: it.y0, width: it.x1 - it.x0, height: it.y1 - it.y0 };
    if (it.data.osd !== null) osds.push({ id: it.data.osd.id, ...area });
    else if (it.data.bucket !== null) buckets.push({ node: it.data.bucket.node, depth: it.depth - 1, ...area });
  });
  return finish('treemap', width, height, buckets, osds, 1);
}

function treemapDatum(bucket: Bucket): TreemapDatum {
  const leaves = bucket.osds.map((osd) => ({ bucket: null, osd, children: [] }));
  return { bucket, osd: null, children: [...bucket.buckets.map(treemapDatum), ...leaves] };
}

/** The OSD at a point; null between the boxes. */
export function osdAt(layout: OsdLayout, point: { readonly x: number; readonly y: number }): number | null {
  const hit = layout.osds.find(
    (box) => point.x >= box.x && point.x < box.x + box.width && point.y >= box.y && point.y < box.y + box.height,
  );
  return hit?.id ?? null;
}
