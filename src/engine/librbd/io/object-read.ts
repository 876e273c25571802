import { concatData, type Data, denseData, holeData, NO_DATA, sliceData } from '../../base/data.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { cryptoOf, readDecrypted } from '../crypto/object-crypto.ts';
import { emitImage, imageSpec, isTraced } from '../events.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { inParent } from './parent-extents.ts';
import { type ImageExtent, imageToObjects, type ObjectExtent, objectToImage } from './striper.ts';

/**
 * Reads a stretch of an open image, and through to its parents what it does not hold. Holes stay holes. Places count from
 * the image's very start, before the header of an encrypted one.
 *
 * @ceph src/librbd/io/ImageRequest.cc ImageReadRequest, ObjectRequest.cc ObjectReadRequest — exact, as sparse reads
 */
export function* readExtent(image: ImageCtx, off: number, len: number, depth = 0): Task<Data> {
  if (image.foreign !== null) return yield* image.foreign.read(image.snapId, off, len);
  const extents = imageToObjects(image.layout, off, len);
  const [only] = extents;
  if (extents.length === 1 && only !== undefined) return yield* readObject(image, only.objectNo, only.off, len, depth);
  const read: Data[] = [];
  for (const extent of extents) read.push(yield* readObject(image, extent.objectNo, extent.off, extent.len, depth));
  return joinedParts(extents, read);
}

/** What was read of objects, in the order in which it lies in the image. */
export function joinedParts(objects: readonly ObjectExtent[], read: readonly Data[]): Data {
  const [only] = read;
  if (only !== undefined && read.length === 1) return only;
  const pieces: { readonly off: number; readonly data: Data }[] = [];
  for (const [index, { parts }] of objects.entries()) {
    let at = 0;
    for (const { off, len } of parts) {
      pieces.push({ off, data: sliceData(read[index] ?? NO_DATA, at, len) });
      at += len;
    }
  }
  return concatData(pieces.sort((a, b) => a.off - b.off).map(({ data }) => data));
}

/** Reads stretches of an open image one after the other, as one. */
export function* readExtents(image: ImageCtx, extents: readonly ImageExtent[], depth: number): Task<Data> {
  const [only] = extents;
  if (extents.length === 1 && only !== undefined) return yield* readExtent(image, only.off, only.len, depth);
  const parts: Data[] = [];
  for (const { off, len } of extents) parts.push(yield* readExtent(image, off, len, depth));
  return concatData(parts);
}

function* readObject(image: ImageCtx, objectNo: number, off: number, len: number, depth: number): Task<Data> {
  const crypto = cryptoOf(image, objectNo);
  const own = yield* crypto === null
    ? readOwn(image, objectNo, off, len)
    : readDecrypted(image, crypto, { objectNo, off, len }, (from, length) => readOwn(image, objectNo, from, length));
  if (own !== null) return sliceData(own, 0, len);
  const { parent } = image;
  if (parent === null) return holeData(len);
  const extents = inParent(image, parent, objectToImage(image.layout, objectNo, off, len));
  if (extents.length === 0) return holeData(len);
  if (isTraced(image)) {
    emitImage(image, { type: 'rbd/read-from-parent', objectNo, parent: imageSpec(parent), depth: depth + 1 });
  }
  return sliceData(yield* readExtents(parent, extents, depth + 1), 0, len);
}

/** `rbd_sparse_read_threshold_bytes` */
const SPARSE_READ_BYTES = 65_536;

type ReadOp = 'read' | 'sparse-read';

/** Short stretches are not worth to be asked where their holes are. @ceph src/librbd/io/ObjectRequest.cc read_object — exact */
export function readOp(len: number): ReadOp {
  return len < SPARSE_READ_BYTES ? 'read' : 'sparse-read';
}

/** What a read answers: the bytes of holes too, unless it was told where they are. */
export function asRead<T extends Data | null>(op: ReadOp | undefined, data: T): Data | T {
  return op === 'read' && data !== null ? denseData(data) : data;
}

/** What the image itself holds of an object; null where it does not have the object. */
function* readOwn(image: ImageCtx, objectNo: number, off: number, len: number): Task<Data | null> {
  if (image.objectMap !== null && !image.objectMap.mayExist(objectNo)) return null;
  try {
    const { readIo } = image;
    const [op, oid] = [readOp(len), image.objectName(objectNo)];
    return asRead(op, yield* op === 'read' ? readIo.read(oid, off, len) : readIo.sparseRead(oid, off, len));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

/** The head or the snapshot that is open has the object itself. */
export function* objectExists(image: ImageCtx, objectNo: number): Task<boolean> {
  try {
    yield* image.readIo.stat(image.objectName(objectNo));
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}
