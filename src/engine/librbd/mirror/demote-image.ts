import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { appendTurn } from '../journal/append-turn.ts';
import { ORPHAN } from '../journal/journal-names.ts';
import { allocateTag } from '../journal/tags.ts';
import { setNonPrimary } from './disable-image.ts';
import { mirrorImageInfo } from './image-info.ts';
import { createPrimarySnap } from './primary-snapshot.ts';

/**
 * Lets an image follow: nobody writes to it from then on. EINVAL for one that is not mirrored, or does not lead.
 *
 * @ceph src/librbd/mirror/DemoteRequest.cc, snapshot/DemoteRequest.cc — exact
 */
export function* demoteImage(image: ImageCtx): Task<void> {
  const info = yield* mirrorImageInfo(image);
  if (info === null) throw new CephError('EINVAL', 'mirroring not enabled on the image');
  if (!info.primary) throw new CephError('EINVAL', 'image is not primary');
  if (info.mode === 'journal') {
    yield* acquireLock(image);
    yield* appendTurn(image, yield* allocateTag(image, ORPHAN));
    image.forMirroring = true;
    return;
  }
  image.forMirroring = true;
  yield* setNonPrimary(image, true);
  yield* createPrimarySnap(image, info.globalId, { alone: true, demoted: true });
}
