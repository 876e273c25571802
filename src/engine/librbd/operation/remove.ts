import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdDirectory } from '../../codec/cls-rbd-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { emitImage } from '../events.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { imageIdOf, nameInDirectory } from '../image-names.ts';
import { removeJournal } from '../journal/create-journal.ts';
import { headerName, idObjectName, objectMapName, RBD_DIRECTORY, RBD_TRASH } from '../object-names.ts';
import { type RemoveOptions, removeOldImage } from '../old-format/remove.ts';
import { closingImage, type ImageTarget, openImage } from '../open.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { detachChild } from './detach-child.ts';
import { preRemove } from './pre-remove.ts';
import { tellProgress } from './tell-progress.ts';
import { trimImage } from './trim.ts';

/**
 * Removes an image with all its objects. What is gone already is passed over, so that a removal that was stopped can
 * be run again. ENOENT; ENOTEMPTY with snapshots (also with trashed ones that clones hang on); EBUSY with watchers; EMLINK in a group.
 *
 * @ceph src/librbd/image/RemoveRequest.cc — exact, without journals and mirroring
 */
export function* removeImage(
  io: IoCtx,
  target: ImageTarget,
  onProgress: OnProgress = NO_PROGRESS,
  options: RemoveOptions = {},
): Task<void> {
  const id = 'id' in target ? target.id : target.oldFormat === true ? '' : yield* idInDirectory(io, target.name);
  if (id === '' && 'name' in target) return yield* removeOldImage(io, target.name, onProgress, options);
  yield* removeContent(io, id, onProgress, options);
  const name = 'name' in target ? target.name : yield* nameInDirectory(io, id);
  if (name === undefined) return;
  // On its way out the image was in the trash for a moment.
  if ('name' in target && !io.rados.port.era.oldHeaders) yield* io.create(RBD_TRASH, false);
  yield* ignoreMissing(io.remove(idObjectName(name)));
  yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.removeImage, { name, id });
}

/** Data, parent link, header and object map: all but the name. */
export function* removeContent(io: IoCtx, id: string, onProgress: OnProgress, options: RemoveOptions = {}): Task<void> {
  const image = yield* openForRemoval(io, id, options);
  if (image !== null) {
    yield* closingImage(image, function* () {
      yield* preRemove(image, options.ignoreMigrating === true);
      yield* trimImage(image, image.header.size, 0, tellProgress(image, 'remove', onProgress));
      yield* detachChild(image);
    });
  }
  yield* removeJournal(io, id);
  yield* ignoreMissing(io.remove(headerName(id)));
  yield* ignoreMissing(io.remove(objectMapName(id)));
  if (image !== null) emitImage(image, { type: 'rbd/image-removed' });
}

function* openForRemoval(io: IoCtx, id: string, { ignoreMigrating = false }: RemoveOptions): Task<ImageCtx | null> {
  try {
    return yield* openImage(io, { id }, { skipParent: true, ignoreMigrating });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

/** By `rbd_id`, or by the directory where that is gone already; empty where only an image of format 1 can be meant. */
function* idInDirectory(io: IoCtx, name: string): Task<string> {
  try {
    return yield* imageIdOf(io, name);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  try {
    return yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.getId, { name });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return '';
    throw error;
  }
}

export function* ignoreMissing(task: Task<unknown>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
