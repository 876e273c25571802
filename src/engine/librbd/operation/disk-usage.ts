import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { FLAG } from '../../codec/rbd-types.ts';
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
  /** Its object map cannot be believed, so that its objects were asked one by one. */
  readonly invalidMap: boolean;
}

export interface DiskUsageOptions {
  /** Counts bytes, not whole objects. */
  readonly exact?: boolean;
  /** Up to this snapshot, not to the head. */
  readonly snapName?: string;
  /** Only what comes after this snapshot. */
  readonly fromName?: string;
}

/**
 * Rows of `rbd du`: each user snapshot, then the head. ENOENT for a snapshot that is not there, EINVAL for one that
 * comes before that to count from.
 *
 * @ceph src/tools/rbd/action/DiskUsage.cc do_disk_usage — exact
 */
export function* diskUsage(image: ImageCtx, options: DiskUsageOptions = {}): Task<DiskUsageRow[]> {
  const snaps = image.header.snaps.filter(({ namespace }) => namespace.type === 'user');
  const [from, last] = [findSnap(snaps, options.fromName), findSnap(snaps, options.snapName)];
  if (from !== null && last !== null && from.id > last.id) throw new CephError('EINVAL', 'snapshots in that order');
  const rows: DiskUsageRow[] = [];
  let before: ImageSnap | null = null;
  for (const snap of snaps) {
    if (last !== null && snap.id > last.id) break;
    if (from === null || snap.id > from.id) rows.push(yield* snapRow(image, before, snap, options.exact === true));
    before = snap;
  }
  if (last === null) {
    const usedBytes = yield* usage(image, before, options.exact === true);
    const invalidMap = hasInvalidMap(image.header.flags);
    rows.push({ snapName: null, snapId: null, provisionedBytes: image.header.size, usedBytes, invalidMap });
  }
  return rows;
}

function findSnap(snaps: readonly ImageSnap[], wanted: string | undefined): ImageSnap | null {
  if (wanted === undefined) return null;
  const found = snaps.find(({ name }) => name === wanted);
  if (found === undefined) throw new CephError('ENOENT', `snapshot ${wanted}`);
  return found;
}

function* snapRow(image: ImageCtx, before: ImageSnap | null, snap: ImageSnap, exact: boolean): Task<DiskUsageRow> {
  const options = { snapId: snap.id, readOnly: true, skipParent: true };
  const usedBytes = yield* withImage(image.io, image.target, options, (at) => usage(at, before, exact));
  const { name: snapName, id: snapId, size: provisionedBytes, flags } = snap;
  return { snapName, snapId, provisionedBytes, usedBytes, invalidMap: hasInvalidMap(flags) };
}

function hasInvalidMap(flags: number): boolean {
  return (flags & FLAG.FAST_DIFF_INVALID) !== 0;
}

function* usage(image: ImageCtx, before: ImageSnap | null, exact: boolean): Task<number> {
  const options = { includeParent: false, wholeObject: !exact };
  let used = 0;
  for (const { length, exists } of yield* diffImage(image, before?.name ?? null, options)) if (exists) used += length;
  return used;
}
