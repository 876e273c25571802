import type { ImageView, LaneView } from '../../../protocol/view.ts';

/** One lane of the clone tree, in drawing order. */
export interface TreeRow {
  /** `imageId` for a head, `imageId@snapId` for a snapshot: unique, and the same from view to view. */
  readonly key: string;
  readonly image: ImageView;
  readonly lane: LaneView;
  readonly depth: number;
  /** Key of the row that this one hangs under; null at a root. */
  readonly parentKey: string | null;
}

/** A root image with all that hangs under it: its snapshots, their clones, and so on down. */
export interface Family {
  readonly key: string;
  readonly rows: readonly TreeRow[];
  /** Smallest object size in the family, as a power of two: one column's width. */
  readonly order: number;
  /** Columns of the family: those of its largest lane. */
  readonly columns: number;
}

export function rowKey(imageId: string, snap: number | null): string {
  return snap === null ? imageId : `${imageId}@${snap}`;
}

/** Sorts images into families: snapshots under their image, clones under the snapshot that they were made from. */
export function familiesOf(images: readonly ImageView[]): readonly Family[] {
  const known = new Set(images.flatMap((image) => image.lanes.map((lane) => rowKey(image.id, lane.snapId))));
  const children = childrenBySnap(images);
  const seen = new Set<string>();
  const roots = images.filter(({ parent }) => parent === null || !known.has(rowKey(parent.imageId, parent.snapId)));
  return roots.map((root) => makeFamily(root, children, seen));
}

function childrenBySnap(images: readonly ImageView[]): ReadonlyMap<string, readonly ImageView[]> {
  const children = new Map<string, ImageView[]>();
  for (const image of images) {
    if (image.parent === null) continue;
    const key = rowKey(image.parent.imageId, image.parent.snapId);
    children.set(key, [...(children.get(key) ?? []), image]);
  }
  return children;
}

function makeFamily(root: ImageView, children: ReadonlyMap<string, readonly ImageView[]>, seen: Set<string>): Family {
  const rows: TreeRow[] = [];
  visit(root, 0, null);
  const order = Math.min(...rows.map((row) => row.image.order));
  const columns = Math.max(1, ...rows.map((row) => row.lane.objectCount * 2 ** (row.image.order - order)));
  return { key: root.id, rows, order, columns };

  function visit(image: ImageView, depth: number, parentKey: string | null): void {
    if (seen.has(image.id)) return;
    seen.add(image.id);
    for (const lane of image.lanes) {
      const head = lane.snapId === null;
      const key = rowKey(image.id, lane.snapId);
      rows.push({ key, image, lane, depth: head ? depth : depth + 1, parentKey: head ? parentKey : image.id });
      for (const child of head ? [] : (children.get(key) ?? [])) visit(child, depth + 2, key);
    }
  }
}
