import type { Data } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { changeImage, writeChange } from './image-io.ts';
import { changeObject } from './object-write.ts';
import { imageToObjects } from './striper.ts';

/**
 * Writes where the bytes that are there are those of `compare`, in one step. EILSEQ where they are others; EINVAL across
 * objects, and where the two have different lengths; else as a write.
 *
 * @ceph src/librbd/io/ImageRequest.cc ImageCompareAndWriteRequest, ObjectRequest.cc ObjectCompareAndWriteRequest — exact
 */
export function* compareAndWriteImage(image: ImageCtx, off: number, compare: Data, data: Data): Task<void> {
  if (compare.length !== data.length) throw new CephError('EINVAL', 'lengths of compare and write');
  yield* changeImage(image, off, data.length, function* (at, len) {
    const [piece, ...others] = imageToObjects(image.layout, at, len);
    if (piece === undefined || others.length > 0 || len < data.length) throw new CephError('EINVAL', 'across objects');
    const change = writeChange(image, piece.objectNo, piece.off, data);
    yield* changeObject(image, { ...change, ops: [{ op: 'cmpext', off: piece.off, data: compare }, ...change.ops] });
  });
}
