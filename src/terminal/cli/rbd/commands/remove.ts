import { ERRNO, isErrno } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { closeImage, openImage } from '../../../../engine/librbd/open.ts';
import { groupOfImage, groupText } from '../../../../engine/librbd/operation/image-group.ts';
import { removeOrTrash } from '../../../../engine/librbd/operation/remove-or-trash.ts';
import { rbdCommand } from '../command.ts';
import { FOR_IMAGE, IMAGE_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const WITH_SNAPS =
  "image has snapshots - these must be deleted with 'rbd snap purge' before the image can be removed.";
const WITH_CLONES =
  'image has snapshots with linked clones - these must be deleted or flattened before the image can be removed.';
export const WITH_WATCHERS =
  'error: image still has watchers\nThis means the image is still open or the client using it crashed. Try again after closing/unmapping it or waiting 30s for the crashed client to timeout.';

export const remove = rbdCommand(
  {
    words: ['remove'],
    aliases: [['rm']],
    summary: 'Remove an image and all its objects.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, NO_PROGRESS_OPTION],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec();
    try {
      yield* withProgress(run.process, 'Removing image', run.silent, (onProgress) =>
        removeOrTrash(io, spec.image, onProgress),
      );
    } catch (error) {
      if (isErrno(error, 'ENOTEMPTY')) throw new RbdError(yield* snapsText(io, spec.image), ERRNO.ENOTEMPTY);
      if (isErrno(error, 'EBUSY')) {
        throw new RbdError(WITH_WATCHERS, ERRNO.EBUSY);
      }
      if (isErrno(error, 'EMLINK')) {
        throw new RbdError(yield* groupRefusal(io, spec.image), ERRNO.EMLINK);
      }
      yield* orFail('delete error', rethrow(error));
    }
  },
);

function* rethrow(error: unknown): Task<never> {
  throw error;
}

/** Snapshots of people's own, or only trashed ones that clones hang on: the two are refused in different words. */
export function* snapsText(io: IoCtx, name: string): Task<string> {
  const image = yield* openImage(io, { name }, { readOnly: true, skipParent: true });
  const own = image.header.snaps.some(({ namespace }) => namespace.type !== 'trash');
  yield* closeImage(image);
  return own ? WITH_SNAPS : WITH_CLONES;
}

function* groupRefusal(io: IoCtx, name: string): Task<string> {
  const image = yield* openImage(io, { name }, { readOnly: true, skipParent: true });
  const group = yield* groupOfImage(image);
  yield* closeImage(image);
  return inGroup(group === null ? '' : ` ${groupText(group)}`);
}

export function inGroup(group = ''): string {
  return `error: image belongs to a group${group}\nRemove the image from the group and try again.`;
}
