import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MirrorImageMode } from '../../codec/rbd-migration-codec.ts';
import { clsRbdMirrorImages } from '../../codec/rbd-mirror-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { logged, logging } from '../../librados/error-log.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { RBD_MIRRORING } from '../object-names.ts';
import { enableFeatures } from '../operation/features-update.ts';
import { getMirrorImage } from './list-images.ts';
import { mirrorMode } from './pool-mode.ts';
import { createPrimarySnap } from './primary-snapshot.ts';

const MIRROR = 'librbd::api::Mirror';

/**
 * Mirrors an image. EINVAL while the pool is not in image mode, where it is mirrored in another way, or is a clone of an
 * image that is not mirrored; of one in the same pool it may be where `isWithPool`.
 *
 * @ceph src/librbd/api/Mirror.cc image_enable, src/librbd/mirror/EnableRequest.cc — exact
 */
export function* enableMirrorImage(image: ImageCtx, mode: MirrorImageMode, isWithPool = false): Task<void> {
  const poolMode = yield* mirrorMode(image.io);
  if (poolMode === 'disabled' || poolMode === 'init-only') throw refused(image, 'mirroring is not enabled on a pool');
  if (poolMode === 'pool') throw refused(image, 'pool is not in the image mirror mode');
  yield* requireMirroredParent(image, isWithPool);
  // It stays on where the rest fails.
  if (mode === 'journal') yield* haveJournal(image);
  const words = 'image_enable: cannot enable mirroring';
  yield* logging(image.io.rados, MIRROR, words, startMirroring(image, mode));
}

function refused({ io }: ImageCtx, text: string): CephError {
  return logged(io.rados, 'EINVAL', MIRROR, `image_enable: cannot enable mirroring: ${text}`);
}

function* requireMirroredParent({ header, io }: ImageCtx, isWithPool: boolean): Task<void> {
  const parent = header.parentSpec;
  if (parent === null || (isWithPool && parent.pool === io.poolId)) return;
  if ((yield* getMirrorImage(io.rados.ioCtx(parent.pool, parent.nspace), parent.imageId)) === null) {
    throw new CephError('EINVAL', 'mirroring is not enabled for the parent');
  }
}

/** The same in a pool of any mode. @ceph src/librbd/mirror/EnableRequest.cc — exact */
export function* startMirroring(image: ImageCtx, mode: MirrorImageMode): Task<void> {
  const before = yield* getMirrorImage(image.io, image.id);
  if (before !== null && before.mode !== mode) throw new CephError('EINVAL', 'invalid current image mirror mode');
  if (before?.state === 'enabled') return;
  const globalId = before?.globalId ?? image.io.rados.port.newUuid();
  if (mode === 'journal') {
    yield* haveJournal(image);
    yield* setState(image, globalId, mode, 'enabled');
    return;
  }
  yield* setState(image, globalId, mode, 'creating');
  if (!hasPrimarySnap(image)) {
    const words = 'handle_create_primary_snapshot: failed to create initial primary snapshot';
    const made = createPrimarySnap(image, globalId, { alone: true });
    yield* logging(image.io.rados, '*librbd::mirror::EnableRequest', words, made);
  }
  yield* setState(image, globalId, mode, 'enabled');
}

function* haveJournal(image: ImageCtx): Task<void> {
  if (image.has(FEATURE.JOURNALING)) return;
  yield* enableFeatures(image, (FEATURE.EXCLUSIVE_LOCK & ~image.header.features) | FEATURE.JOURNALING);
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
