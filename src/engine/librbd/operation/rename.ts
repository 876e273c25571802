import type { Task } from '../../base/task.ts';
import { clsRbdDirectory, clsRbdId } from '../../codec/cls-rbd-methods.ts';
import { call, type IoCtx } from '../../librados/io-ctx.ts';
import { idObjectName, RBD_DIRECTORY } from '../object-names.ts';
import { renameOldImage } from '../old-format/rename.ts';
import { openImage } from '../open.ts';
import { refuseTaken } from './create.ts';

/**
 * Gives an image another name in its pool and namespace. ENOENT; EEXIST for a name in use, its own too.
 *
 * @ceph src/librbd/operation/RenameRequest.cc — exact
 */
export function* renameImage(io: IoCtx, from: string, to: string): Task<void> {
  const image = yield* openImage(io, { name: from }, { skipParent: true, readOnly: true });
  const { id } = image;
  yield* refuseTaken(io, to);
  if (image.oldFormat) return yield* renameOldImage(io, from, to);
  yield* io.operate(idObjectName(to), [{ op: 'create', exclusive: true }, call(clsRbdId.set, { id })]);
  yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.renameImage, { src: from, dest: to, id });
  yield* io.remove(idObjectName(from));
}
