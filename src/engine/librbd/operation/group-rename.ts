import type { Task } from '../../base/task.ts';
import { clsRbdGroupDirectory } from '../../codec/cls-rbd-group-methods.ts';
import { logError } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { GROUP_API, groupIdOf } from '../group.ts';
import { RBD_GROUP_DIRECTORY } from '../object-names.ts';

/** Gives a group another name. ENOENT; EEXIST for a name in use. @ceph src/librbd/api/Group.cc rename — exact */
export function* renameGroup(io: IoCtx, src: string, dest: string): Task<void> {
  const id = yield* groupIdOf(io, src);
  try {
    yield* io.exec(RBD_GROUP_DIRECTORY, clsRbdGroupDirectory.rename, { src, dest, id });
  } catch (error) {
    logError(io.rados, GROUP_API, 'rename: error renaming group from directory');
    throw error;
  }
}
