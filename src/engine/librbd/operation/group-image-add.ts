import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdGroupImages, clsRbdImageGroup } from '../../codec/cls-rbd-group-methods.ts';
import { clsRbdDirectory } from '../../codec/cls-rbd-methods.ts';
import { logging } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { GROUP_API, groupIdOf } from '../group.ts';
import { notifyHeaderChanged } from '../handles.ts';
import { groupHeaderName, headerName, RBD_DIRECTORY } from '../object-names.ts';

/**
 * Puts an image into a group. ENOENT for a missing group or image; EEXIST for one of another group; EINVAL across
 * namespaces. One that is in it already is no error.
 *
 * @ceph src/librbd/api/Group.cc image_add — exact
 */
export function* addGroupImage(io: IoCtx, groupName: string, imageIo: IoCtx, imageName: string): Task<void> {
  if (io.nspace !== imageIo.nspace) throw new CephError('EINVAL', 'group and image in different namespaces');
  const groupId = yield* groupIdOf(io, groupName, 'image_add');
  const found = imageIo.exec(RBD_DIRECTORY, clsRbdDirectory.getId, { name: imageName });
  const imageId = yield* logging(io.rados, GROUP_API, 'image_add: error reading image id object', found);
  const header = groupHeaderName(groupId);
  const spec = { imageId, pool: imageIo.poolId };
  yield* io.exec(header, clsRbdGroupImages.set, { spec, state: 'incomplete' });
  try {
    const added = imageIo.exec(headerName(imageId), clsRbdImageGroup.add, { pool: io.poolId, groupId });
    yield* logging(io.rados, GROUP_API, 'image_add: error adding group reference to image', added);
  } catch (error) {
    yield* io.exec(header, clsRbdGroupImages.remove, spec);
    throw error;
  }
  notifyHeaderChanged(imageIo, headerName(imageId));
  yield* io.exec(header, clsRbdGroupImages.set, { spec, state: 'attached' });
}
