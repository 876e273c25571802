import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MirrorMode } from '../../codec/rbd-mirror-codec.ts';
import { clsRbdMirrorPool } from '../../codec/rbd-mirror-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_MIRRORING } from '../object-names.ts';
import { listMirrorImages } from './list-images.ts';

/** How a pool is mirrored. @ceph src/librbd/api/Mirror.cc mode_get — exact */
export function* mirrorMode(io: IoCtx): Task<MirrorMode> {
  try {
    return yield* io.exec(RBD_MIRRORING, clsRbdMirrorPool.getMode, undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 'disabled';
    throw error;
  }
}

/** What the pool is called in mirroring; empty where it never was mirrored. */
export function* mirrorUuid(io: IoCtx): Task<string> {
  try {
    return yield* io.exec(RBD_MIRRORING, clsRbdMirrorPool.getUuid, undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return '';
    throw error;
  }
}

/**
 * Mirrors a pool, or does so no more. EINVAL while images are mirrored, EBUSY while there are peers.
 *
 * @ceph src/librbd/api/Mirror.cc mode_set — exact for pools whose images have no journals
 */
export function* setMirrorMode(io: IoCtx, mode: MirrorMode): Task<void> {
  const before = yield* mirrorMode(io);
  if (before === mode) return;
  if (mode === 'disabled') yield* refuseMirrored(io);
  else if (before === 'disabled') {
    const uuid = (yield* mirrorUuid(io)) || io.rados.port.newUuid();
    yield* io.exec(RBD_MIRRORING, clsRbdMirrorPool.setUuid, { uuid });
  }
  yield* io.exec(RBD_MIRRORING, clsRbdMirrorPool.setMode, { mode });
}

function* refuseMirrored(io: IoCtx): Task<void> {
  if ((yield* listMirrorImages(io)).length === 0) return;
  throw new CephError('EINVAL', 'failed to disable mirror mode: there are still images with mirroring enabled');
}
