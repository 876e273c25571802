import { cppStrerror, ERRNO, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdGroupDirectory } from '../../codec/cls-rbd-group-methods.ts';
import { logged } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { GROUP_API, groupIdOf } from '../group.ts';
import { groupHeaderName, RBD_GROUP_DIRECTORY } from '../object-names.ts';

/**
 * Makes a group without images and answers its id. EEXIST for a name in use.
 *
 * @ceph src/librbd/api/Group.cc create — exact, but that a name in use takes no id
 */
export function* createGroup(io: IoCtx, name: string): Task<string> {
  yield* refuseTakenGroup(io, name);
  const id = io.rados.port.newImageId(io.rados.clientId);
  yield* io.exec(RBD_GROUP_DIRECTORY, clsRbdGroupDirectory.add, { name, id });
  try {
    yield* io.create(groupHeaderName(id));
  } catch (error) {
    yield* io.exec(RBD_GROUP_DIRECTORY, clsRbdGroupDirectory.remove, { name, id });
    throw error;
  }
  return id;
}

function* refuseTakenGroup(io: IoCtx, name: string): Task<void> {
  try {
    yield* groupIdOf(io, name);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  const text = `create: error adding group to directory: ${cppStrerror(ERRNO.EEXIST)}`;
  throw logged(io.rados, 'EEXIST', GROUP_API, text);
}
