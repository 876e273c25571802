import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdGroupSnaps } from '../../codec/cls-rbd-group-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { groupIdOf } from '../group.ts';
import { groupHeaderName } from '../object-names.ts';
import { findGroupSnap } from './group-snap-info.ts';

/** ENOENT; EEXIST for a name in use, its own too. @ceph src/librbd/api/Group.cc snap_rename — exact */
export function* renameGroupSnap(io: IoCtx, groupName: string, from: string, to: string): Task<void> {
  if (from === to) throw new CephError('EEXIST', `group snapshot ${to}`);
  const groupId = yield* groupIdOf(io, groupName, 'snap_rename');
  const snap = yield* findGroupSnap(io, groupId, from);
  yield* io.exec(groupHeaderName(groupId), clsRbdGroupSnaps.set, { ...snap, name: to });
}
