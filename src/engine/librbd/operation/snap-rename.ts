import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdSnapshot } from '../../codec/cls-rbd-methods.ts';
import { clsRbdOld } from '../../codec/cls-rbd-old-methods.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';
import { headerChanged, refreshImage } from '../refresh.ts';

/** ENOENT; EEXIST for a name in use. @ceph src/librbd/operation/SnapshotRenameRequest.cc — exact */
export function* renameSnap(image: ImageCtx, from: string, to: string): Task<void> {
  yield* refreshImage(image);
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* lockForOp(image);
  const snap = image.userSnap(from);
  if (snap === undefined) throw new CephError('ENOENT', `snapshot ${from}`);
  yield* renameSnapById(image, snap.id, to);
}

/** The same for a snapshot by its id. */
export function* renameSnapById(image: ImageCtx, snapId: number, to: string): Task<void> {
  const from = image.snapById(snapId)?.name;
  if (from === undefined) throw new CephError('ENOENT', `snapshot ${snapId}`);
  if (image.userSnap(to) !== undefined) throw new CephError('EEXIST', `snapshot ${to}`);
  const method = image.oldFormat ? clsRbdOld.rename : clsRbdSnapshot.rename;
  yield* journaledOp(image, { type: 'snap-rename', snapId, from, to }, function* () {
    yield* image.io.exec(image.headerOid, method, { snapId, name: to });
    yield* headerChanged(image);
  });
}
