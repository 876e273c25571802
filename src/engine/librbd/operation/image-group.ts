import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdGroupSnaps } from '../../codec/cls-rbd-group-methods.ts';
import { clsRbdDirectory } from '../../codec/cls-rbd-methods.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { groupHeaderName, RBD_GROUP_DIRECTORY } from '../object-names.ts';

/** A group, as its images speak of it. */
export interface GroupName {
  readonly poolName: string;
  readonly nspace: string;
  readonly name: string;
}

/** How the tools write it. */
export function groupText({ poolName, nspace, name }: GroupName): string {
  return `${poolName}/${nspace === '' ? '' : `${nspace}/`}${name}`;
}

/** The group that an image is in; null for none. @ceph src/librbd/api/Group.cc image_get_group — exact */
export function* groupOfImage(image: ImageCtx): Task<GroupName | null> {
  const { group } = image.header;
  if (group === null) return null;
  const { rados, nspace } = image.io;
  const io = rados.ioCtx(group.pool, nspace);
  const name = yield* io.exec(RBD_GROUP_DIRECTORY, clsRbdDirectory.getName, { id: group.groupId });
  return { poolName: io.pool.name, nspace, name };
}

export interface GroupSnapName extends GroupName {
  readonly snapName: string;
}

/**
 * The group snapshot that an image's snapshot is a part of; null where it is none, or nothing is known of it.
 *
 * @ceph src/librbd/api/Snapshot.cc get_group_namespace — exact
 */
export function* groupSnapOfImage(image: ImageCtx, { namespace }: ImageSnap): Task<GroupSnapName | null> {
  if (namespace.type !== 'group') return null;
  const { rados, nspace } = image.io;
  const io = rados.ioCtx(namespace.pool, nspace);
  try {
    const name = yield* io.exec(RBD_GROUP_DIRECTORY, clsRbdDirectory.getName, { id: namespace.groupId });
    const header = groupHeaderName(namespace.groupId);
    const snap = yield* io.exec(header, clsRbdGroupSnaps.getById, { id: namespace.groupSnapId });
    return { poolName: io.pool.name, nspace, name, snapName: snap.name };
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}
