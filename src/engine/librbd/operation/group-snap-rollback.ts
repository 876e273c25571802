import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { GroupImageSpec, GroupSnapshot } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { acquireLock } from '../exclusive-lock.ts';
import { groupIdOf, groupImages, groupSnapOf, withImages } from '../group.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { findGroupSnap } from './group-snap-info.ts';
import { rollbackToSnap } from './snap-rollback.ts';

/**
 * Brings all images of a group back to a snapshot. ENOENT; EINVAL for one that is incomplete, or where other images
 * are in the group than when it was made.
 *
 * @ceph src/librbd/api/Group.cc snap_rollback — exact, one image after the other
 */
export function* rollbackGroupSnap(
  io: IoCtx,
  groupName: string,
  name: string,
  onProgress: OnProgress = NO_PROGRESS,
): Task<void> {
  const groupId = yield* groupIdOf(io, groupName, 'snap_rollback');
  const snap = yield* findGroupSnap(io, groupId, name);
  if (snap.state !== 'complete') throw new CephError('EINVAL', 'group snapshot is not complete');
  const members = (yield* groupImages(io, groupId)).filter(({ state }) => state === 'attached');
  if (keysOf(members.map(({ spec }) => spec)) !== keysOf(snap.snaps)) {
    throw new CephError('EINVAL', 'group snapshot membership does not match group membership');
  }
  yield* rollbackAll(io, snap, onProgress);
}

function keysOf(specs: readonly GroupImageSpec[]): string {
  return specs.map(({ pool, imageId }) => `${pool}/${imageId}`).join(' ');
}

/** @ceph src/librbd/api/Group.cc group_snap_rollback_by_record — exact */
function* rollbackAll(io: IoCtx, { id, snaps }: GroupSnapshot, onProgress: OnProgress): Task<void> {
  yield* withImages(io, snaps, function* (images) {
    for (const image of images) yield* acquireLock(image);
    for (const image of images) {
      const snap = groupSnapOf(image, io, id);
      if (snap !== undefined) yield* rollbackToSnap(image, snap, onProgress);
    }
  });
}
