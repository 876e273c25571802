import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdHeader, clsRbdMetadata } from '../../codec/cls-rbd-methods.ts';
import { clsRbdMirrorImages } from '../../codec/rbd-mirror-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { mirrorMetaKey, RBD_MIRRORING } from '../object-names.ts';
import { listChildren } from '../operation/children.ts';
import { disableFeatures } from '../operation/features-update.ts';
import { removeSnapById } from '../operation/snap-remove.ts';
import { headerChanged } from '../refresh.ts';
import { mirrorImageInfo } from './image-info.ts';
import { getMirrorImage } from './list-images.ts';
import { mirrorMode, mirrorUuid } from './pool-mode.ts';

/**
 * Mirrors an image no more: its mirror snapshots go. EINVAL while the pool is not in image mode, and for one that
 * follows another unless `force`; EBUSY while clones of it are mirrored. One that is not mirrored is no error.
 *
 * @ceph src/librbd/api/Mirror.cc image_disable, src/librbd/mirror/DisableRequest.cc — exact
 */
export function* disableMirrorImage(image: ImageCtx, force: boolean): Task<void> {
  if ((yield* mirrorMode(image.io)) !== 'image') {
    throw new CephError('EINVAL', 'cannot disable mirroring in the current pool mirroring mode');
  }
  const mirrored = yield* getMirrorImage(image.io, image.id);
  if (mirrored === null) return;
  yield* refuseMirroredClones(image);
  if (mirrored.mode === 'snapshot') yield* forgetResync(image);
  yield* leaveMirroring(image, force);
  if (mirrored.mode === 'journal' && image.has(FEATURE.JOURNALING)) {
    yield* disableFeatures(image, FEATURE.JOURNALING);
  }
}

function* refuseMirroredClones(image: ImageCtx): Task<void> {
  for (const { pool, nspace, imageId } of yield* listChildren(image)) {
    if ((yield* getMirrorImage(image.io.rados.ioCtx(pool, nspace), imageId)) !== null) {
      throw new CephError('EBUSY', 'mirroring is enabled on one or more children');
    }
  }
}

/** What was noted down for the daemon that copies. */
function* forgetResync(image: ImageCtx): Task<void> {
  const key = mirrorMetaKey(yield* mirrorUuid(image.io));
  try {
    yield* image.io.exec(image.headerOid, clsRbdMetadata.remove, { key });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** The same for an image that is on its way out, whatever its pool is like; its journal stays. @ceph DisableRequest.cc — exact */
export function* leaveMirroring(image: ImageCtx, force = false): Task<void> {
  const info = yield* mirrorImageInfo(image);
  if (info === null) return;
  image.forMirroring = true;
  if (!info.primary && !force) throw new CephError('EINVAL', 'mirrored image is not primary, add force option');
  const { globalId, mode } = info;
  const disabling = { globalId, mode, state: 'disabling' } as const;
  yield* image.io.exec(RBD_MIRRORING, clsRbdMirrorImages.set, { id: image.id, image: disabling });
  yield* removeMirrorSnaps(image);
  yield* setNonPrimary(image, false);
  yield* image.io.exec(RBD_MIRRORING, clsRbdMirrorImages.remove, { id: image.id });
}

export function* removeMirrorSnaps(image: ImageCtx): Task<void> {
  for (const { id, namespace } of image.header.snaps) if (namespace.type === 'mirror') yield* removeSnapById(image, id);
}

/** The feature that keeps clients from writing to an image that follows another. */
export function* setNonPrimary(image: ImageCtx, on: boolean): Task<void> {
  if (image.has(FEATURE.NON_PRIMARY) === on) return;
  const mask = FEATURE.NON_PRIMARY;
  yield* image.io.exec(image.headerOid, clsRbdHeader.setFeatures, { features: on ? mask : 0, mask });
  yield* headerChanged(image);
}
