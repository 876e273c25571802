import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdImageGroup } from '../../codec/cls-rbd-group-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { logged } from '../../librados/error-log.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { leaveMirroring } from '../mirror/disable-image.ts';
import { removeSnapById } from './snap-remove.ts';
import { listImageWatchers } from './watchers.ts';

const PRE_REMOVE = '*librbd::image::PreRemoveRequest';

/**
 * What must hold before an image is removed: no snapshots but those of mirroring and trashed ones without clones,
 * which go now; no watchers.
 * ENOTEMPTY, EBUSY, EMLINK for an image of a group.
 *
 * @ceph src/librbd/image/PreRemoveRequest.cc — exact; a lock in the way is waited for
 */
export function* preRemove(image: ImageCtx, ignoreMigrating = false): Task<void> {
  if (!ignoreMigrating && image.has(FEATURE.MIGRATING)) {
    throw logged(
      image.io.rados,
      'EBUSY',
      PRE_REMOVE,
      'validate_image_removal: image in migration state - not removing',
    );
  }
  refuseSnaps(image);
  const watchers = yield* listImageWatchers(image);
  if (watchers.length > 0)
    throw logged(image.io.rados, 'EBUSY', PRE_REMOVE, 'check_image_watchers: image has watchers - not removing');
  yield* refuseGroup(image);
  yield* acquireLock(image);
  refuseSnaps(image);
  let attached = false;
  yield* leaveMirroring(image);
  for (const { id } of image.header.snaps) {
    try {
      yield* removeSnapById(image, id);
    } catch (error) {
      if (!isErrno(error, 'EBUSY')) throw error;
      attached = true;
    }
  }
  if (attached) throw new CephError('ENOTEMPTY', 'image has snapshots with clones - not removing');
}

function* refuseGroup(image: ImageCtx): Task<void> {
  const group = yield* image.io.exec(image.headerOid, clsRbdImageGroup.get, undefined);
  if (group !== null)
    throw logged(image.io.rados, 'EMLINK', PRE_REMOVE, 'handle_check_group: image is in a group - not removing');
}

function refuseSnaps(image: ImageCtx): void {
  if (image.header.snaps.some(({ namespace: { type } }) => type !== 'trash' && type !== 'mirror')) {
    throw new CephError('ENOTEMPTY', 'image has snapshots - not removing');
  }
}
