import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MirrorImageMode } from '../../codec/rbd-migration-codec.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { withImage } from '../open.ts';
import { startMirroring } from './enable-image.ts';
import { mirrorMode } from './pool-mode.ts';

/** ENOENT in a pool that is not mirrored. */
export function* requireMirroredPool(io: IoCtx): Task<void> {
  if ((yield* mirrorMode(io)) === 'disabled') throw new CephError('ENOENT', 'mirroring is not enabled on the pool');
}

/**
 * Mirrors an image that was just made, also where its pool mirrors all that have journals.
 *
 * @ceph src/librbd/image/CreateRequest.cc mirror_image_enable — exact for what was asked for; in a pool that is not mirrored
 *   nothing is left behind
 */
export function* mirrorNewImage(io: IoCtx, id: string, mode: MirrorImageMode): Task<void> {
  yield* withImage(io, { id }, { skipParent: true }, (image) => startMirroring(image, mode));
}
