import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MirrorImageMode } from '../../codec/rbd-migration-codec.ts';
import { clsRbdMirrorImages } from '../../codec/rbd-mirror-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { RBD_MIRRORING } from '../object-names.ts';
import { enableFeatures } from '../operation/features-update.ts';
import { getMirrorImage } from './list-images.ts';
import { mirrorMode } from './pool-mode.ts';
import { createPrimarySnap } from './primary-snapshot.ts';

/**
 * Mirrors an image. EINVAL while the pool is not in image mode, or where it is mirrored in another way.
 *
 * @ceph src/librbd/api/Mirror.cc image_enable, src/librbd/mirror/EnableRequest.cc — exact
 */
export function* enableMirrorImage(image: ImageCtx, mode: MirrorImageMode): Task<void> {
  const poolMode = yield* mirrorMode(image.io);
  if (poolMode === 'disabled' || poolMode === 'init-only')
    throw new CephError('EINVAL', 'mirroring is not enabled on a pool');
  if (poolMode === 'pool') throw new CephError('EINVAL', 'pool is not in image mirror mode');
  yield* startMirroring(image, mode);
}

/** The same in a pool of any mode. @ceph src/librbd/mirror/EnableRequest.cc — exact */
export function* startMirroring(image: ImageCtx, mode: MirrorImageMode): Task<void> {
  const before = yield* getMirrorImage(image.io, image.id);
  if (before !== null && before.mode !== mode) throw new CephError('EINVAL', 'invalid current image mirror mode');
  if (before?.state === 'enabled') return;
  const globalId = before?.globalId ?? image.io.rados.port.newUuid();
  if (mode === 'journal') {
    if (!image.has(FEATURE.JOURNALING))
      yield* enableFeatures(image, (FEATURE.EXCLUSIVE_LOCK & ~image.header.features) | FEATURE.JOURNALING);
    yield* setState(image, globalId, mode, 'enabled');
    return;
  }
  yield* setState(image, globalId, mode, 'creating');
  if (!hasPrimarySnap(image)) yield* createPrimarySnap(image, globalId, { alone: true });
  yield* setState(image, globalId, mode, 'enabled');
}

function hasPrimarySnap({ header }: ImageCtx): boolean {
  const last = header.snaps.findLast(({ namespace }) => namespace.type === 'mirror')?.namespace;
  return last?.type === 'mirror' && last.state === 'primary';
}

function* setState(
  image: ImageCtx,
  globalId: string,
  mode: MirrorImageMode,
  state: 'creating' | 'enabled',
): Task<void> {
  const mirrored = { globalId, state, mode };
  yield* image.io.exec(RBD_MIRRORING, clsRbdMirrorImages.set, { id: image.id, image: mirrored });
}
