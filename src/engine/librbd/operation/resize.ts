import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdHeader } from '../../codec/cls-rbd-methods.ts';
import { logged } from '../../librados/error-log.ts';
import { emitImage } from '../events.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { objectCount } from '../io/striper.ts';
import { journaledOp } from '../journal/journaled-op.ts';
import { setOldSize } from '../old-format/header-changes.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { headerChanged, refreshIfStale } from '../refresh.ts';
import { checkSize, fitsMap } from './create-plan.ts';
import { tellProgress } from './tell-progress.ts';
import { trimImage } from './trim.ts';

/**
 * Grows or shrinks an image; an encrypted one that was unlocked so that `size` bytes lie behind its header. EINVAL for a shrink without `allowShrink`, and for sizes that an object map cannot hold.
 *
 * @ceph src/librbd/operation/ResizeRequest.cc — exact
 */
export function* resizeImage(
  image: ImageCtx,
  dataSize: number,
  allowShrink: boolean,
  onProgress: OnProgress = NO_PROGRESS,
): Task<void> {
  yield* refreshIfStale(image);
  yield* acquireLock(image);
  const size = image.dataOffset + dataSize;
  if (!fitsMap(size, image.header.features, image.layout))
    throw logged(image.io.rados, 'EINVAL', 'librbd::Operations', 'New size not compatible with object map');
  checkSize(size);
  if (size < image.header.size && !allowShrink) {
    throw new CephError('EINVAL', 'shrinking the image is not permitted');
  }
  yield* journaledOp(image, { type: 'resize', size }, () => changeSize(image, size, onProgress));
}

function* changeSize(image: ImageCtx, size: number, onProgress: OnProgress): Task<void> {
  const from = image.header.size;
  if (size === from) return;
  const count = objectCount(image.layout, size);
  if (size > from) {
    if (image.objectMap !== null) yield* image.objectMap.resize(count);
  } else {
    yield* trimImage(image, from, size, tellProgress(image, 'resize', onProgress));
  }
  if (image.oldFormat) yield* setOldSize(image, size);
  else yield* image.io.exec(image.headerOid, clsRbdHeader.setSize, { size });
  if (size < from && image.objectMap !== null) yield* image.objectMap.resize(count);
  yield* headerChanged(image);
  emitImage(image, { type: 'rbd/image-resized', from, to: size });
}
