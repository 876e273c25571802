import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdGroupImages, clsRbdImageGroup } from '../../codec/cls-rbd-group-methods.ts';
import { clsRbdDirectory } from '../../codec/cls-rbd-methods.ts';
import type { GroupImageSpec } from '../../codec/rbd-types.ts';
import { logging } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { GROUP_API, groupIdOf } from '../group.ts';
import { notifyHeaderChanged } from '../handles.ts';
import { groupHeaderName, headerName, RBD_DIRECTORY } from '../object-names.ts';
import type { ImageTarget } from '../open.ts';

/**
 * Takes an image out of a group. ENOENT for a missing group or image; EINVAL across namespaces. One that is not in it
 * is no error.
 *
 * @ceph src/librbd/api/Group.cc image_remove, image_remove_by_id — exact
 */
export function* removeGroupImage(io: IoCtx, groupName: string, imageIo: IoCtx, target: ImageTarget): Task<void> {
  if (io.nspace !== imageIo.nspace) throw new CephError('EINVAL', 'group and image in different namespaces');
  const groupId = yield* groupIdOf(io, groupName, 'image_remove');
  const imageId = 'id' in target ? target.id : yield* idOf(io, imageIo, target.name);
  yield* detachGroupImage(io, groupId, { imageId, pool: imageIo.poolId });
}

function idOf(io: IoCtx, imageIo: IoCtx, name: string): Task<string> {
  const found = imageIo.exec(RBD_DIRECTORY, clsRbdDirectory.getId, { name });
  return logging(io.rados, GROUP_API, 'image_remove: error reading image id object', found);
}

/** Image and group forget each other. @ceph src/librbd/api/Group.cc group_image_remove — exact */
export function* detachGroupImage(io: IoCtx, groupId: string, spec: GroupImageSpec): Task<void> {
  const header = groupHeaderName(groupId);
  const imageIo = io.rados.ioCtx(spec.pool, io.nspace);
  yield* io.exec(header, clsRbdGroupImages.set, { spec, state: 'incomplete' });
  try {
    yield* imageIo.exec(headerName(spec.imageId), clsRbdImageGroup.remove, { pool: io.poolId, groupId });
    notifyHeaderChanged(imageIo, headerName(spec.imageId));
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  yield* io.exec(header, clsRbdGroupImages.remove, spec);
}
