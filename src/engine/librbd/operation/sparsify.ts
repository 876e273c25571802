import type { Data } from '../../base/data.ts';
import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { OBJECT_STATE } from '../../codec/rbd-types.ts';
import { logged } from '../../librados/error-log.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { nonZeroRanges } from '../io/non-zero.ts';
import { parentExtents } from '../io/object-change.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { refreshImage } from '../refresh.ts';
import { tellProgress } from './tell-progress.ts';

const LEAST_SPARSE_SIZE = 4096;

/**
 * Gives back what holds nothing but zeros, in steps of `sparseSize`; objects with nothing else are removed where they
 * hide no parent's. EINVAL for a size that is no power of two from 4096 to the object size.
 *
 * @ceph src/librbd/operation/SparsifyRequest.cc, src/cls/rbd/cls_rbd.cc sparsify — exact in what is stored; zeros are
 * looked for by the client
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
  const oid = image.objectName(objectNo);
  let data: Data;
  try {
    data = yield* image.writeIo.sparseRead(oid, 0, image.objectSize);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  const kept = nonZeroRanges(data, sparseSize);
  const map = image.objectMap;
  if (parentExtents(image, objectNo).length > 0) {
    yield* image.writeIo.operate(oid, zeroOps(data, kept));
    return;
  }
  const [gone, { EXISTS, NONEXISTENT, PENDING }] = [kept.length === 0, OBJECT_STATE];
  if (map !== null) yield* map.update(objectNo, objectNo + 1, PENDING);
  yield* image.writeIo.operate(oid, gone ? [{ op: 'delete' }] : zeroOps(data, kept));
  if (map !== null) yield* map.update(objectNo, objectNo + 1, gone ? NONEXISTENT : EXISTS, PENDING);
}

/** Frees what lies between the stretches that are kept. */
function zeroOps(data: Data, kept: readonly { off: number; len: number }[]): OsdOp[] {
  const ops: OsdOp[] = [];
  let at = 0;
  for (const { off, len } of [...kept, { off: data.length, len: 0 }]) {
    if (off > at) ops.push({ op: 'zero', off: at, len: off - at });
    at = off + len;
  }
  return ops;
}
