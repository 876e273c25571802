import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MirrorMode } from '../../codec/rbd-mirror-codec.ts';
import { clsRbdMirrorPeers, clsRbdMirrorPool } from '../../codec/rbd-mirror-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_MIRRORING } from '../object-names.ts';
import { withImage } from '../open.ts';
import { listImages } from '../operation/list.ts';
import { readHeader } from '../read-header.ts';
import { disableMirrorImage } from './disable-image.ts';
import { enableMirrorImage } from './enable-image.ts';
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

/** What the pool is called in mirroring, in all of its namespaces; empty where it never was mirrored. */
export function* mirrorUuid(io: IoCtx): Task<string> {
  try {
    return yield* io.inNamespace('').exec(RBD_MIRRORING, clsRbdMirrorPool.getUuid, undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return '';
    throw error;
  }
}

/** What a namespace is called at the peers. @ceph src/librbd/api/Mirror.cc remote_namespace_get — exact */
export function* remoteNamespace(io: IoCtx): Task<string> {
  try {
    return yield* io.exec(RBD_MIRRORING, clsRbdMirrorPool.getRemoteNamespace, undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return io.nspace;
    throw error;
  }
}

/** EINVAL while it is mirrored. */
export function* setRemoteNamespace(io: IoCtx, nspace: string): Task<void> {
  yield* io.exec(RBD_MIRRORING, clsRbdMirrorPool.setRemoteNamespace, { nspace });
}

/**
 * Mirrors a pool or a namespace, or does so no more. In mode pool all images with journals are mirrored. EINVAL while
 * images are mirrored that were asked for, and for init-only of a namespace; EBUSY while there are peers, or mirrored
 * clones in other pools.
 *
 * @ceph src/librbd/api/Mirror.cc mode_set — exact
 */
export function* setMirrorMode(io: IoCtx, mode: MirrorMode): Task<void> {
  if (mode === 'init-only' && io.nspace !== '') throw new CephError('EINVAL', 'init-only mode of a namespace');
  if (mode === 'disabled' && (yield* listPeers(io)).length > 0)
    throw new CephError('EBUSY', 'mirror peers still registered');
  const before = yield* mirrorMode(io);
  if (before === mode) return;
  if (before === 'disabled') {
    yield* io.exec(RBD_MIRRORING, clsRbdMirrorPool.setUuid, { uuid: io.rados.port.newUuid() });
  }
  // On the way from one to another, images can be asked for.
  if (before !== 'image') yield* io.exec(RBD_MIRRORING, clsRbdMirrorPool.setMode, { mode: 'image' });
  if (mode === 'image') return;
  if (mode === 'pool') yield* mirrorJournaled(io);
  else if (before === 'image') yield* refuseMirrored(io);
  else yield* disableAll(io);
  yield* io.exec(RBD_MIRRORING, clsRbdMirrorPool.setMode, { mode });
}

function* listPeers(io: IoCtx): Task<readonly unknown[]> {
  try {
    return yield* io.exec(RBD_MIRRORING, clsRbdMirrorPeers.list, undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

function* refuseMirrored(io: IoCtx): Task<void> {
  if (!(yield* listMirrorImages(io)).some(([, { state }]) => state === 'enabled')) return;
  throw new CephError('EINVAL', 'failed to disable mirror mode: there are still images with mirroring enabled');
}

function* mirrorJournaled(io: IoCtx): Task<void> {
  for (const { id } of yield* listImages(io)) {
    if (id === '' || ((yield* readHeader(io, id)).features & FEATURE.JOURNALING) === 0) continue;
    yield* withImage(io, { id }, {}, (image) => enableMirrorImage(image, 'journal', true));
  }
}

/** Clones before what they are clones of. EBUSY where those are in other pools. */
function* disableAll(io: IoCtx): Task<void> {
  for (;;) {
    const images = yield* listMirrorImages(io);
    let busy = 0;
    for (const [id] of images) if (!(yield* isDisabled(io, id))) busy++;
    if (busy === 0) return;
    if (busy === images.length) throw new CephError('EBUSY', 'error disabling mirroring for one or more images');
  }
}

/** False while clones of it are mirrored. */
function* isDisabled(io: IoCtx, id: string): Task<boolean> {
  try {
    yield* withImage(io, { id }, {}, (image) => disableMirrorImage(image, false));
    return true;
  } catch (error) {
    if (isErrno(error, 'EBUSY')) return false;
    throw error;
  }
}
