import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { logError, logged } from '../../librados/error-log.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { appendTurn } from '../journal/append-turn.ts';
import { allocatePromotionTag } from '../journal/tags.ts';
import { setNonPrimary } from './disable-image.ts';
import { mirrorImageInfo } from './image-info.ts';
import { createPrimarySnap } from './primary-snapshot.ts';

/**
 * Lets an image lead. EINVAL for one that is not mirrored, or leads already.
 *
 * @ceph src/librbd/mirror/PromoteRequest.cc, snapshot/PromoteRequest.cc — exact for an image that was demoted here
 */
export function* promoteImage(image: ImageCtx, force = false): Task<void> {
  image.forMirroring = true;
  const info = yield* mirrorImageInfo(image);
  if (info === null) throw new CephError('EINVAL', 'mirroring not enabled on the image');
  if (info.primary) {
    const { rados } = image.io;
    const refused = logged(
      rados,
      'EINVAL',
      '*librbd::mirror::PromoteRequest',
      'handle_get_info: image is already primary',
    );
    logError(rados, 'librbd::api::Mirror', 'image_promote: failed to promote image');
    throw refused;
  }
  if (info.mode === 'journal') {
    yield* acquireLock(image);
    yield* appendTurn(image, yield* allocatePromotionTag(image, force));
    return;
  }
  yield* createPrimarySnap(image, info.globalId, { alone: true });
  yield* setNonPrimary(image, false);
}
