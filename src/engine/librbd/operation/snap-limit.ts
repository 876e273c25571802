import { CephError, cppStrerror, ERRNO } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { logged } from '../../librados/error-log.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';
import { headerChanged } from '../refresh.ts';

/** Null where there is no limit. */
export function* getSnapLimit(image: ImageCtx): Task<number | null> {
  return yield* image.io.exec(image.headerOid, clsRbdSnapshot.getLimit, undefined);
}

/**
 * Null takes the limit away. ERANGE below the number of snapshots that there are.
 *
 * @ceph src/librbd/operation/SnapshotLimitRequest.cc — exact
 */
export function* setSnapLimit(image: ImageCtx, limit: number | null): Task<void> {
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* lockForOp(image);
  if (limit !== null && limit < image.header.snaps.length)
    throw logged(
      image.io.rados,
      'ERANGE',
      'librbd::SnapshotLimitRequest',
      `encountered error: ${cppStrerror(ERRNO.ERANGE)}`,
    );
  yield* journaledOp(image, { type: 'snap-limit', limit }, function* () {
    yield* image.io.exec(image.headerOid, clsRbdSnapshot.setLimit, { limit });
    yield* headerChanged(image);
  });
}
