import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MirrorImageMode } from '../../codec/rbd-migration-codec.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { withImage } from '../open.ts';
import { startMirroring } from './enable-image.ts';
import { mirrorMode } from './pool-mode.ts';

/** ENOENT in a pool that is not mirrored. */
export function* requireMirroredPool(io: IoCtx): Task<void> {
  if ((yield* mirrorMode(io)) === 'disabled') throw new CephError('ENOENT', 'mirroring is not enabled on the pool');
}

/**
 * Mirrors an image that was just made: as was asked for, or by its journal where its pool mirrors all that have one. What
 * is migrated into is mirrored once that is done.
 *
 * @ceph src/librbd/image/CreateRequest.cc mirror_image_enable, CloneRequest.cc get_mirror_mode — exact; in a pool that is
 * not mirrored nothing is left behind
 */
export function* mirrorNewImage(io: IoCtx, id: string, features: number, asked?: MirrorImageMode): Task<void> {
  const isWithPool = (features & FEATURE.MIGRATING) === 0 && (yield* mirrorsWithPool(io, features));
  const mode = asked ?? (isWithPool ? 'journal' : undefined);
  if (mode === undefined) return;
  yield* withImage(io, { id }, { skipParent: true }, (image) => startMirroring(image, mode));
}

/** True where the pool mirrors all images with these features. */
export function* mirrorsWithPool(io: IoCtx, features: number): Task<boolean> {
  return (features & FEATURE.JOURNALING) !== 0 && (yield* mirrorMode(io)) === 'pool';
}
