import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdData } from '../../codec/cls-rbd-methods.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import { logged } from '../../librados/error-log.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { parentExtents } from '../io/object-change.ts';
import { objectExists } from '../io/object-read.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { refreshImage } from '../refresh.ts';
import { tellProgress } from './tell-progress.ts';

const LEAST_SPARSE_SIZE = 4096;

/**
 * Gives back what holds nothing but zeros, in steps of `sparseSize`; objects with nothing else are removed where they
 * hide no parent's. EINVAL for a size that is no power of two from 4096 to the object size.
 *
 * @ceph src/librbd/operation/SparsifyRequest.cc, src/cls/rbd/cls_rbd.cc sparsify — exact
 */
export function* sparsifyImage(image: ImageCtx, sparseSize: number, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  const power = Number.isInteger(Math.log2(sparseSize));
  if (!power || sparseSize < LEAST_SPARSE_SIZE || sparseSize > image.objectSize) {
    throw logged(
      image.io.rados,
      'EINVAL',
      'librbd::Operations',
      'sparse size should be power of two not less than 4096 and not larger image object size',
    );
  }
  yield* refreshImage(image);
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* acquireLock(image);
  const tell = tellProgress(image, 'sparsify', onProgress);
  for (let no = 0, end = image.objectCount; no < end; no++) {
    tell(no, end);
    if (image.objectMap?.mayExist(no) !== false) yield* sparsifyObject(image, no, sparseSize);
  }
}

function* sparsifyObject(image: ImageCtx, objectNo: number, sparseSize: number): Task<void> {
  const { objectMap: map, writeIo } = image;
  const oid = image.objectName(objectNo);
  const removeEmpty = parentExtents(image, objectNo).length === 0;
  try {
    yield* writeIo.exec(oid, clsRbdData.sparsify, { sparseSize, removeEmpty });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  if (map === null || !removeEmpty) return;
  const { EXISTS, NONEXISTENT, PENDING } = OBJECT_STATE;
  yield* map.update(objectNo, objectNo + 1, PENDING, EXISTS);
  const isThere = yield* objectExists(image, objectNo);
  yield* map.update(objectNo, objectNo + 1, isThere ? EXISTS : NONEXISTENT, PENDING);
}
