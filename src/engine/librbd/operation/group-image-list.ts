import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdDirectory } from '../../codec/cls-rbd-methods.ts';
import type { GroupImageState, GroupImageStatus } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { groupIdOf, groupImages } from '../group.ts';
import { RBD_DIRECTORY } from '../object-names.ts';

export interface GroupImage {
  readonly name: string;
  readonly pool: number;
  readonly state: GroupImageState;
}

/**
 * A group's images by pool and name. None for a group that is not there; ENOENT for an image that is gone.
 *
 * @ceph src/librbd/api/Group.cc image_list — exact
 */
export function* listGroupImages(io: IoCtx, groupName: string): Task<GroupImage[]> {
  const out: GroupImage[] = [];
  for (const { spec, state } of yield* imagesOrNone(io, groupName)) {
    const imageIo = io.rados.ioCtx(spec.pool, io.nspace);
    const name = yield* imageIo.exec(RBD_DIRECTORY, clsRbdDirectory.getName, { id: spec.imageId });
    out.push({ name, pool: spec.pool, state });
  }
  return out.sort((a, b) => a.pool - b.pool || (a.name < b.name ? -1 : 1));
}

function* imagesOrNone(io: IoCtx, groupName: string): Task<GroupImageStatus[]> {
  try {
    return yield* groupImages(io, yield* groupIdOf(io, groupName, 'group_image_list'));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
