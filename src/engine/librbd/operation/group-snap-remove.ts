import type { Task } from '../../base/task.ts';
import { clsRbdGroupSnaps } from '../../codec/cls-rbd-group-methods.ts';
import type { GroupSnapshot } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { groupIdOf, groupSnapOf, withImages } from '../group.ts';
import { groupHeaderName } from '../object-names.ts';
import { findGroupSnap } from './group-snap-info.ts';
import { removeSnapById } from './snap-remove.ts';

/** ENOENT. One that is incomplete goes as well. @ceph src/librbd/api/Group.cc snap_remove — exact */
export function* removeGroupSnap(io: IoCtx, groupName: string, name: string): Task<void> {
  const groupId = yield* groupIdOf(io, groupName, 'snap_remove');
  yield* removeGroupSnapRecord(io, groupId, yield* findGroupSnap(io, groupId, name));
}

/**
 * Removes the images' parts, as far as there are any, and then the record.
 *
 * @ceph src/librbd/api/Group.cc group_snap_remove_by_record — exact
 */
export function* removeGroupSnapRecord(io: IoCtx, groupId: string, { id, snaps }: GroupSnapshot): Task<void> {
  yield* withImages(io, snaps, function* (images) {
    for (const image of images) {
      const snap = groupSnapOf(image, io, id);
      if (snap !== undefined) yield* removeSnapById(image, snap.id);
    }
  });
  yield* io.exec(groupHeaderName(groupId), clsRbdGroupSnaps.remove, { id });
}
