import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { nameInDirectory, nameInTrash } from '../image-names.ts';
import { readHeader } from '../read-header.ts';

export interface ParentDescription {
  readonly poolName: string;
  readonly nspace: string;
  readonly imageName: string;
  readonly imageId: string;
  readonly snapName: string;
  readonly snapId: number;
  /** True while the parent image is in the trash. */
  readonly trash: boolean;
  readonly overlap: number;
}

/**
 * The parent of the head or of the snapshot that is open; null where there is none.
 *
 * @ceph src/librbd/api/Image.cc get_parent — exact
 */
export function describeParent(image: ImageCtx): Task<ParentDescription | null> {
  return describe(image, overlapOf(image));
}

/** The parent that the oldest snapshot has, or the head where there is none: what a copy of the image begins with. */
export function describeFirstParent(image: ImageCtx): Task<ParentDescription | null> {
  const { snaps, parentOverlap } = image.header;
  const [oldest] = snaps;
  return describe(image, oldest === undefined ? parentOverlap : oldest.parentOverlap);
}

/** How far the head or the snapshot that is open has a parent; null where it has none (any more). */
export function overlapOf({ header, snap }: ImageCtx): number | null {
  return snap === undefined ? header.parentOverlap : snap.parentOverlap;
}

function* describe(image: ImageCtx, overlap: number | null): Task<ParentDescription | null> {
  const { parentSpec: spec } = image.header;
  if (spec === null || overlap === null) return null;
  const io = image.io.rados.ioCtx(spec.pool, spec.nspace);
  const name = yield* nameInDirectory(io, spec.imageId);
  const { snaps } = yield* readHeader(io, spec.imageId);
  return {
    poolName: io.pool.name,
    nspace: spec.nspace,
    imageName: name ?? (yield* nameInTrash(io, spec.imageId)) ?? '',
    imageId: spec.imageId,
    snapName: snaps.find(({ id }) => id === spec.snapId)?.name ?? '',
    snapId: spec.snapId,
    trash: name === undefined,
    overlap,
  };
}
