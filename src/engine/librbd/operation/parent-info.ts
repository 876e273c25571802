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
export function* describeParent(image: ImageCtx): Task<ParentDescription | null> {
  const { parentSpec: spec, parentOverlap } = image.header;
  const overlap = image.snap === undefined ? parentOverlap : image.snap.parentOverlap;
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
