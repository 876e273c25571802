import type { Task } from '../../base/task.ts';
import { clsRbdDirectory, clsRbdId } from '../../codec/cls-rbd-methods.ts';
import { call, type IoCtx } from '../../librados/io-ctx.ts';
import { imageIdOf } from '../image-names.ts';
import { idObjectName, RBD_DIRECTORY } from '../object-names.ts';
import { refuseTaken } from './create.ts';

/**
 * Gives an image another name in its pool and namespace. ENOENT; EEXIST for a name in use, its own too.
 *
 * @ceph src/librbd/operation/RenameRequest.cc — exact for format 2
 */
export function* renameImage(io: IoCtx, from: string, to: string): Task<void> {
  const id = yield* imageIdOf(io, from);
  yield* refuseTaken(io, to);
  yield* io.operate(idObjectName(to), [{ op: 'create', exclusive: true }, call(clsRbdId.set, { id })]);
  yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.renameImage, { src: from, dest: to, id });
  yield* io.remove(idObjectName(from));
}
