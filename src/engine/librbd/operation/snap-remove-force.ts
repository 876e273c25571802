import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { withImage } from '../open.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { refreshImage } from '../refresh.ts';
import { type ChildImage, listChildren } from './children.ts';
import { flattenImage } from './flatten.ts';
import { removeSnap } from './snap-remove.ts';
import { unprotectSnap } from './snap-unprotect.ts';

/**
 * Flattens the clones of a user snapshot, unprotects it, and removes it. ENOENT; EBUSY where a clone has snapshots
 * that it would not be flattened in.
 *
 * @ceph src/librbd/api/Snapshot.cc remove with RBD_SNAP_REMOVE_FORCE — exact
 */
export function* forceRemoveSnap(image: ImageCtx, name: string, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  yield* refreshImage(image);
  const snap = image.userSnap(name);
  if (snap === undefined) throw new CephError('ENOENT', `snapshot ${name}`);
  const children = yield* withImage(image.io, { id: image.id }, { snapId: snap.id }, (at) => listChildren(at));
  for (const [index, child] of children.entries()) {
    yield* flattenChild(image, child);
    onProgress(index + 1, children.length);
  }
  if (snap.protection !== 'unprotected') yield* unprotectSnap(image, name);
  yield* removeSnap(image, name);
}

function* flattenChild({ io }: ImageCtx, { pool, nspace, imageId }: ChildImage): Task<void> {
  const childIo = io.rados.ioCtx(pool, nspace);
  yield* withImage(childIo, { id: imageId }, {}, function* (child) {
    if (!child.has(FEATURE.DEEP_FLATTEN) && child.header.snaps.length > 0) {
      throw new CephError('EBUSY', `snapshot in use by ${child.name}`);
    }
    yield* flattenImage(child);
  });
}
