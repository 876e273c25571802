import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdChildren } from '../../codec/cls-rbd-methods.ts';
import { type ChildImageSpec, FEATURE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { nameInDirectory, nameInTrash } from '../image-names.ts';
import { withImage } from '../open.ts';
import { childrenV1 } from './snap-unprotect.ts';

export interface ChildImage {
  readonly pool: number;
  readonly poolName: string;
  readonly nspace: string;
  readonly imageId: string;
  /** Empty where it has none any more (half removed). */
  readonly imageName: string;
  /** True for one in the trash: `rbd children` shows it with `--all` alone. */
  readonly trash: boolean;
}

/**
 * Clones of the snapshot that is open, or of all snapshots where the head is, of both formats, by pool name,
 * namespace and image name; with `descendants` their clones as well.
 *
 * @ceph src/librbd/api/Image.cc list_children, list_descendants — exact
 */
export function* listChildren(image: ImageCtx, descendants = false): Task<ChildImage[]> {
  const found = new Map<string, ChildImage>();
  yield* collect(image, descendants, found);
  return [...found.values()].sort(compareChildren);
}

function compareChildren(a: ChildImage, b: ChildImage): number {
  const keys = (child: ChildImage): string[] => [child.poolName, child.nspace, child.imageName, child.imageId];
  const [left, right] = [keys(a), keys(b)];
  const at = left.findIndex((key, index) => key !== right[index]);
  return at < 0 ? 0 : (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
}

function* collect(image: ImageCtx, descendants: boolean, found: Map<string, ChildImage>): Task<void> {
  if (!image.has(FEATURE.LAYERING)) return;
  const snaps = image.snap === undefined ? image.header.snaps : [image.snap];
  for (const { id } of snaps) {
    for (const spec of yield* childrenOf(image, id)) {
      const key = `${spec.pool}/${spec.nspace}/${spec.imageId}`;
      if (found.has(key)) continue;
      found.set(key, yield* describe(image, spec));
      if (descendants) yield* collectBelow(image, spec, found);
    }
  }
}

function* collectBelow(image: ImageCtx, spec: ChildImageSpec, found: Map<string, ChildImage>): Task<void> {
  const io = image.io.rados.ioCtx(spec.pool, spec.nspace);
  const options = { readOnly: true, skipParent: true };
  yield* withImage(io, { id: spec.imageId }, options, (child) => collect(child, true, found));
}

/** Format 1 from all pools' `rbd_children`, format 2 from the image's own header. */
function* childrenOf(image: ImageCtx, snapId: number): Task<ChildImageSpec[]> {
  const { rados, nspace, poolId } = image.io;
  const out: ChildImageSpec[] = [];
  for (const { id: pool } of rados.pools()) {
    const parent = { pool: poolId, nspace: '', imageId: image.id, snapId };
    const ids = yield* childrenV1(rados.ioCtx(pool, nspace), parent);
    out.push(...ids.map((imageId) => ({ pool, nspace, imageId })));
  }
  return [...out, ...(yield* childrenV2(image, snapId))];
}

/** Children of format 2 clones, as the parent's header lists them. */
export function* childrenV2(image: ImageCtx, snapId: number): Task<readonly ChildImageSpec[]> {
  try {
    return yield* image.io.exec(image.headerOid, clsRbdChildren.list, { snapId });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

function* describe(image: ImageCtx, { pool, nspace, imageId }: ChildImageSpec): Task<ChildImage> {
  const io = image.io.rados.ioCtx(pool, nspace);
  const name = yield* nameInDirectory(io, imageId);
  const imageName = name ?? (yield* nameInTrash(io, imageId)) ?? '';
  return { pool, poolName: io.pool.name, nspace, imageId, imageName, trash: name === undefined };
}
