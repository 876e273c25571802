import type { Task } from '../../base/task.ts';
import { clsRbdDirectory, clsRbdId } from '../../codec/cls-rbd-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { logging } from '../../librados/error-log.ts';
import { call, type IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';
import { idObjectName, RBD_DIRECTORY } from '../object-names.ts';
import { renameOldImage } from '../old-format/rename.ts';
import { openImage, withImage } from '../open.ts';
import { refuseTaken } from './create.ts';

/**
 * Gives an image another name in its pool and namespace. ENOENT; EEXIST for a name in use, its own too.
 *
 * @ceph src/librbd/operation/RenameRequest.cc — exact
 */
export function* renameImage(io: IoCtx, from: string, to: string): Task<void> {
  const opened = openImage(io, { name: from }, { skipParent: true, readOnly: true });
  const image = yield* logging(io.rados, 'librbd', 'error opening source image', opened);
  if (image.oldFormat) {
    yield* refuseTaken(io, to, 0, 'librbd::Operations');
    yield* renameOldImage(io, from, to);
  } else if (image.has(FEATURE.JOURNALING)) {
    yield* withImage(io, { id: image.id }, { skipParent: true }, (journaled) => renameOpened(journaled, to));
  } else yield* renameOpened(image, to);
}

/** The same for an image that is open, and has an id. */
export function* renameOpened(image: ImageCtx, to: string): Task<void> {
  yield* lockForOp(image);
  yield* refuseTaken(image.io, to, 0, 'librbd::Operations');
  yield* journaledOp(image, { type: 'rename', name: to }, () => changeName(image, to));
}

function* changeName({ io, id, name: from }: ImageCtx, to: string): Task<void> {
  yield* io.operate(idObjectName(to), [{ op: 'create', exclusive: true }, call(clsRbdId.set, { id })]);
  yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.renameImage, { src: from, dest: to, id });
  yield* io.remove(idObjectName(from));
}
