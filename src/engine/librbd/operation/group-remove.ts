import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdGroupDirectory } from '../../codec/cls-rbd-group-methods.ts';
import { logging } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { GROUP_API, groupIdOf, groupImages, groupSnaps } from '../group.ts';
import { groupHeaderName, RBD_GROUP_DIRECTORY } from '../object-names.ts';
import { detachGroupImage } from './group-image-remove.ts';
import { removeGroupSnapRecord } from './group-snap-remove.ts';
import { ignoreMissing } from './remove.ts';

/**
 * Removes a group with its snapshots; its images stay. A group that is not there is no error, so that a removal that
 * was stopped is ended by the next.
 *
 * @ceph src/librbd/api/Group.cc remove — exact
 */
export function* removeGroup(io: IoCtx, name: string): Task<void> {
  const id = (yield* orMissing(groupIdOf(io, name))) ?? '';
  const words = 'handle_list_snaps: failed to list group snapshots';
  const snaps = logging(io.rados, '*librbd::group::ListSnapshotsRequest', words, groupSnaps(io, id));
  for (const snap of (yield* orMissing(snaps)) ?? []) yield* removeGroupSnapRecord(io, id, snap);
  const images = logging(io.rados, GROUP_API, 'group_image_list: error reading group id object', groupImages(io, id));
  for (const { spec } of (yield* orMissing(images)) ?? []) {
    yield* ignoreMissing(detachGroupImage(io, id, spec));
  }
  yield* ignoreMissing(io.remove(groupHeaderName(id)));
  yield* ignoreMissing(io.exec(RBD_GROUP_DIRECTORY, clsRbdGroupDirectory.remove, { name, id }));
}

function* orMissing<T>(task: Task<T>): Task<T | null> {
  try {
    return yield* task;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}
