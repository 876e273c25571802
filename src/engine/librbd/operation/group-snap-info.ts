import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdDirectory } from '../../codec/cls-rbd-methods.ts';
import type { GroupSnapState, GroupSnapshot } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { groupIdOf, groupSnaps, imageSnapName } from '../group.ts';
import { RBD_DIRECTORY } from '../object-names.ts';

export interface GroupSnapInfo {
  readonly id: string;
  readonly name: string;
  readonly state: GroupSnapState;
  /** Of each image's part; empty for a group without images. */
  readonly imageSnapName: string;
  /** By pool and name. */
  readonly images: readonly { readonly pool: number; readonly name: string; readonly snapId: number }[];
}

/** ENOENT; also where one of its images is gone. @ceph src/librbd/api/Group.cc snap_get_info — exact */
export function* groupSnapInfo(io: IoCtx, groupName: string, name: string): Task<GroupSnapInfo> {
  const groupId = yield* groupIdOf(io, groupName, 'snap_get_info');
  return yield* describeGroupSnap(io, groupId, yield* findGroupSnap(io, groupId, name));
}

/** ENOENT for a group without a snapshot of that name. */
export function* findGroupSnap(io: IoCtx, groupId: string, name: string): Task<GroupSnapshot> {
  const snap = (yield* groupSnaps(io, groupId)).find((each) => each.name === name);
  if (snap === undefined) throw new CephError('ENOENT', `group snapshot ${name}`);
  return snap;
}

/** @ceph src/librbd/api/Group.cc GroupSnapshot_to_group_snap_info2 — exact */
export function* describeGroupSnap(io: IoCtx, groupId: string, snap: GroupSnapshot): Task<GroupSnapInfo> {
  const images = [];
  for (const { pool, imageId, snapId } of snap.snaps) {
    const imageIo = io.rados.ioCtx(pool, io.nspace);
    const name = yield* imageIo.exec(RBD_DIRECTORY, clsRbdDirectory.getName, { id: imageId });
    images.push({ pool, name, snapId });
  }
  images.sort((a, b) => a.pool - b.pool || (a.name < b.name ? -1 : 1));
  const { id, name, state } = snap;
  return { id, name, state, imageSnapName: images.length === 0 ? '' : imageSnapName(io, groupId, id), images };
}
