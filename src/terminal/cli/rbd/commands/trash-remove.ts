import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { removeFromTrash } from '../../../../engine/librbd/operation/trash.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { IMAGE_ID, IMAGE_ID_SPEC, IN_POOL, NO_PROGRESS_OPTION } from '../options.ts';
import { imageIdSpec } from '../positionals.ts';
import { withProgress } from '../progress.ts';
import { RbdError } from '../rbd-error.ts';
import { inGroup, WITH_SNAPS, WITH_WATCHERS } from './remove.ts';

/** What the tool says for some errnos; it says it before the progress line ends. */
const REASONS: Readonly<Record<number, string>> = {
  [ERRNO.ENOTEMPTY]: `rbd: ${WITH_SNAPS}`,
  [ERRNO.EBUSY]: `rbd: ${WITH_WATCHERS}`,
  [ERRNO.EMLINK]: `rbd: ${inGroup()}`,
  [ERRNO.EPERM]: '\nDeferment time has not expired, please use --force if you really want to remove the image',
};

export const trashRemove = rbdCommand(
  {
    words: ['trash', 'remove'],
    aliases: [['trash', 'rm']],
    summary: 'Remove an image in the trash for good.',
    positionals: [IMAGE_ID_SPEC],
    options: [
      ...IN_POOL,
      IMAGE_ID,
      NO_PROGRESS_OPTION,
      { long: 'force', summary: 'Even where its time has not come yet' },
    ],
  },
  function* (run) {
    const spec = imageIdSpec(run);
    const io = yield* run.open(spec);
    yield* withProgress(run.process, 'Removing image', run.silent, (onProgress) =>
      orTell(run, removeFromTrash(io, spec.id, run.has('force'), onProgress)),
    );
  },
);

function* orTell(run: RbdRun, task: Task<void>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* run.complain(`${REASONS[error.errno] ?? `rbd: remove error: ${cppStrerror(error.errno)}`}\n`);
    throw new RbdError('', error.errno);
  }
}
