import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdGroupDirectory } from '../../codec/cls-rbd-group-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { groupIdOf, groupImages, groupSnaps } from '../group.ts';
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
  for (const snap of (yield* orMissing(groupSnaps(io, id))) ?? []) yield* removeGroupSnapRecord(io, id, snap);
  for (const { spec } of (yield* orMissing(groupImages(io, id))) ?? []) {
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
