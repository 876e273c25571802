import { CephError, isErrno } from '../base/errno.ts';
import type { Task } from '../base/task.ts';
import { FEATURE, type ParentImageSpec } from '../codec/rbd-types.ts';
import { NOSNAP } from '../codec/snap.ts';
import { setCrypto } from './crypto/image-crypto.ts';
import { headerChanges, notifyHeaderUpdate } from './handles.ts';
import { ImageCtx } from './image-ctx.ts';
import { imageNameOf } from './image-names.ts';
import { migrationParent } from './migration/migration-info.ts';
import { isForeignAt, openForeignImage } from './migration/sources/foreign-image.ts';
import { openSnapMap } from './object-map.ts';
import { readHeaderOf } from './old-format/read-header.ts';

/**
 * Reads the header anew, and opens or closes the parent as it says.
 *
 * @ceph src/librbd/image/RefreshRequest.cc, RefreshParentRequest.cc — exact, without migration
 */
export function* refreshImage(image: ImageCtx, skipParent = image.parentSkipped): Task<void> {
  const { io, id, name, header } = image;
  image.header = yield* readHeaderOf(io, id, name, header);
  image.stale = false;
  if (image.snapId !== NOSNAP && image.snap === undefined) throw new CephError('ENOENT', 'snapshot');
  if (!skipParent) yield* refreshParent(image);
}

/** Reads the header anew where another handle has changed it, and those of its parents. */
export function* refreshIfStale(image: ImageCtx): Task<void> {
  if (image.stale) yield* refreshImage(image);
  for (let { parent } = image; parent !== null; { parent } = parent) {
    if (parent.seenChanges !== headerChanges(parent)) yield* refreshUnwatched(parent);
  }
}

/**
 * A parent that was flattened meanwhile has objects of its own now, which its object map as of then does not know; and what
 * it read from before may be gone.
 */
function* refreshUnwatched(image: ImageCtx): Task<void> {
  image.header = yield* readHeaderOf(image.io, image.id, image.name);
  yield* openReadOnly(image, image.parentSkipped);
}

/** After a change of the header: reads it anew and tells the others. */
export function* headerChanged(image: ImageCtx): Task<void> {
  notifyHeaderUpdate(image);
  yield* refreshImage(image);
}

/** Opens an image for reading, without watch: a parent, or a snapshot. */
export function* openReadOnly(image: ImageCtx, skipParent: boolean): Task<ImageCtx> {
  image.parentSkipped = skipParent;
  image.seenChanges = headerChanges(image);
  if (image.snapId !== NOSNAP) {
    if (image.snap === undefined) throw new CephError('ENOENT', 'snapshot');
    if (image.has(FEATURE.OBJECT_MAP)) image.objectMap = yield* openSnapMap(image);
  }
  if (!skipParent) yield* refreshParent(image);
  return image;
}

/** The parent stays open as long as the head or the open snapshot reads through to it. */
function* refreshParent(image: ImageCtx): Task<void> {
  const own = image.parentOverlap > 0 || hasParentLink(image) ? image.header.parentSpec : null;
  const spec = image.header.migration != null ? migrationParent(image.header, image.snapId) : own;
  if (spec === null) image.parent = null;
  else if (image.parent === null || !isSpecOf(image, image.parent, spec)) image.parent = yield* openParent(image, spec);
  if (image.parent !== null && image.crypto !== null) setCrypto(image.parent, image.crypto.parent);
}

function hasParentLink(image: ImageCtx): boolean {
  return (image.snap === undefined ? image.header.parentOverlap : image.snap.parentOverlap) !== null;
}

function isSpecOf(image: ImageCtx, parent: ImageCtx, spec: ParentImageSpec): boolean {
  const foreign = foreignOf(image);
  if (foreign !== '') return isForeignAt(parent, foreign, spec.snapId);
  return parent.id === spec.imageId && parent.snapId === spec.snapId && parent.io.poolId === spec.pool;
}

/** The source of an import that is no image of this cluster; empty for every other image. */
function foreignOf({ header }: ImageCtx): string {
  return header.migration?.source.foreign ?? '';
}

function* openParent(image: ImageCtx, spec: ParentImageSpec): Task<ImageCtx> {
  const foreign = foreignOf(image);
  if (foreign !== '') return yield* openForeignImage(image.io, foreign, spec.snapId);
  const io = image.io.rados.ioCtx(spec.pool, spec.nspace);
  // A source of format 1 is known by its name alone.
  const oldName = spec.imageId === '' ? image.header.migration?.source.imageName : undefined;
  const name = oldName ?? (yield* imageNameOf(io, spec.imageId));
  const header = yield* readParentHeader(image, spec, name);
  const parent = new ImageCtx(io, spec.imageId, name, header, { snapId: spec.snapId, readOnly: true, cookie: 0 });
  return yield* openReadOnly(parent, false);
}

function* readParentHeader(image: ImageCtx, spec: ParentImageSpec, name: string): Task<ImageCtx['header']> {
  try {
    return yield* readHeaderOf(image.io.rados.ioCtx(spec.pool, spec.nspace), spec.imageId, name);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw new CephError('ENOENT', `parent image ${spec.imageId} of ${image.name}`);
    throw error;
  }
}
