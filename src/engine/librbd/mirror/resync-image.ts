import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { utf8Encode } from '../../base/utf8.ts';
import { clsRbdMetadata } from '../../codec/cls-rbd-methods.ts';
import { encodeImageClientData } from '../../codec/journal-codec.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { IMAGE_CLIENT, journalHeaderName } from '../journal/journal-names.ts';
import { mirrorMetaKey } from '../object-names.ts';
import { mirrorImageInfo } from './image-info.ts';
import { mirrorUuid } from './pool-mode.ts';

/**
 * Notes down that an image is to be copied again from the one that leads. EINVAL for one that is not mirrored, or leads.
 *
 * @ceph src/librbd/api/Mirror.cc image_resync, src/librbd/mirror/snapshot/ImageMeta.cc; src/librbd/Journal.cc
 * request_resync — exact
 */
export function* resyncImage(image: ImageCtx): Task<void> {
  const info = yield* mirrorImageInfo(image);
  if (info === null) throw new CephError('EINVAL', 'mirroring not enabled on the image');
  if (info.primary) throw new CephError('EINVAL', 'image is primary, cannot resync to itself');
  if (info.mode === 'journal') {
    yield* requestJournalResync(image);
    return;
  }
  const key = mirrorMetaKey(yield* mirrorUuid(image.io));
  const entries = new Map([[key, utf8Encode('{"resync_requested":true}')]]);
  yield* image.io.exec(image.headerOid, clsRbdMetadata.set, { entries });
}

function* requestJournalResync(image: ImageCtx): Task<void> {
  const data = encodeImageClientData(0, true);
  yield* image.io.exec(journalHeaderName(image.id), clsJournal.updateClientData, { id: IMAGE_CLIENT, data });
}
