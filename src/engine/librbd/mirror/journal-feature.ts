import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import type { JournalOptions } from '../journal/create-journal.ts';
import { disableFeatures, enableFeatures } from '../operation/features-update.ts';
import { leaveMirroring } from './disable-image.ts';
import { startMirroring } from './enable-image.ts';
import { getMirrorImage } from './list-images.ts';
import { mirrorsWithPool } from './new-image.ts';
import { mirrorMode } from './pool-mode.ts';

/**
 * Switches features on; with a journal an image is mirrored where its pool mirrors all that have one. As
 * {@link enableFeatures}.
 *
 * @ceph src/librbd/operation/EnableFeaturesRequest.cc send_get_mirror_mode, send_enable_mirror_image — exact
 */
export function* addFeatures(image: ImageCtx, features: number, journal: JournalOptions = {}): Task<void> {
  yield* enableFeatures(image, features, journal);
  if (yield* mirrorsWithPool(image.io, features)) yield* startMirroring(image, 'journal');
}

/**
 * Switches features off; without its journal an image is mirrored no more where its pool mirrors all that have one. EINVAL
 * for the journal of an image that was to be mirrored by it; else as {@link disableFeatures}.
 *
 * @ceph src/librbd/operation/DisableFeaturesRequest.cc send_get_mirror_mode, handle_get_mirror_image — exact
 */
export function* dropFeatures(image: ImageCtx, features: number): Task<void> {
  if ((features & image.header.features & FEATURE.JOURNALING) !== 0) yield* letJournalGo(image);
  yield* disableFeatures(image, features);
}

function* letJournalGo(image: ImageCtx): Task<void> {
  const mirrored = yield* getMirrorImage(image.io, image.id);
  if (mirrored?.mode !== 'journal') return;
  if ((yield* mirrorMode(image.io)) !== 'image') yield* leaveMirroring(image);
  else if (mirrored.state === 'enabled') {
    throw new CephError('EINVAL', 'cannot disable journaling: journal-based mirroring enabled');
  }
}
