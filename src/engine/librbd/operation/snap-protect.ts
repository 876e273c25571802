import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { logged } from '../../librados/error-log.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';
import { headerChanged, refreshImage } from '../refresh.ts';

/**
 * Lets format 1 clones hang on a snapshot. ENOENT, EBUSY where it is protected already, ENOSYS without layering.
 *
 * @ceph src/librbd/operation/SnapshotProtectRequest.cc — exact
 */
export function* protectSnap(image: ImageCtx, name: string): Task<void> {
  yield* refreshImage(image);
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* lockForOp(image);
  const snap = image.userSnap(name);
  if (snap === undefined) throw new CephError('ENOENT', `snapshot ${name}`);
  if (!image.has(FEATURE.LAYERING))
    throw logged(image.io.rados, 'ENOSYS', 'librbd::Operations', 'image must support layering');
  if (snap.protection === 'protected') throw new CephError('EBUSY', 'snapshot is already protected');
  const input = { snapId: snap.id, status: 'protected' } as const;
  yield* journaledOp(image, { type: 'snap-protect', name, namespace: snap.namespace }, function* () {
    yield* image.io.exec(image.headerOid, clsRbdSnapshot.setProtectionStatus, input);
    yield* headerChanged(image);
  });
}
