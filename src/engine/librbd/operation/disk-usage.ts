import type { Task } from '../../base/task.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { withImage } from '../open.ts';
import { diffImage } from './diff.ts';

export interface DiskUsageRow {
  /** Null for the head. */
  readonly snapName: string | null;
  readonly snapId: number | null;
  readonly provisionedBytes: number;
  /** What it holds beyond the snapshot before it. */
  readonly usedBytes: number;
}

/**
 * Rows of `rbd du`: each user snapshot, then the head (or the one snapshot that is open).
 *
 * @ceph src/tools/rbd/action/DiskUsage.cc compute_image_disk_usage — exact
 */
export function* diskUsage(image: ImageCtx, exact = false): Task<DiskUsageRow[]> {
  const snaps = image.header.snaps.filter(({ namespace }) => namespace.type === 'user');
  const rows: DiskUsageRow[] = [];
  let before: ImageSnap | null = null;
  for (const snap of snaps) {
    if (image.snap === undefined || image.snapId === snap.id) rows.push(yield* snapRow(image, before, snap, exact));
    before = snap;
  }
  if (image.snap === undefined) {
    const usedBytes = yield* usage(image, before, exact);
    rows.push({ snapName: null, snapId: null, provisionedBytes: image.header.size, usedBytes });
  }
  return rows;
}

function* snapRow(image: ImageCtx, before: ImageSnap | null, snap: ImageSnap, exact: boolean): Task<DiskUsageRow> {
  const options = { snapId: snap.id, readOnly: true, skipParent: true };
  const usedBytes = yield* withImage(image.io, image.target, options, (at) => usage(at, before, exact));
  return { snapName: snap.name, snapId: snap.id, provisionedBytes: snap.size, usedBytes };
}

function* usage(image: ImageCtx, before: ImageSnap | null, exact: boolean): Task<number> {
  const options = { includeParent: false, wholeObject: !exact };
  let used = 0;
  for (const { length, exists } of yield* diffImage(image, before?.name ?? null, options)) if (exists) used += length;
  return used;
}
