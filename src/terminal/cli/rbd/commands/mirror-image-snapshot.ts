import { ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { mirrorImageInfo } from '../../../../engine/librbd/mirror/image-info.ts';
import { createPrimarySnap } from '../../../../engine/librbd/mirror/primary-snapshot.ts';
import { rbdCommand } from '../command.ts';
import { onMirrored } from '../mirror-options.ts';
import { FOR_IMAGE, IMAGE_SPEC, QUIESCE } from '../options.ts';
import { checkQuiesce } from '../quiesce.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const mirrorImageSnapshot = rbdCommand(
  {
    words: ['mirror', 'image', 'snapshot'],
    summary: 'Make a snapshot that is mirrored.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, ...QUIESCE],
  },
  function* (run) {
    checkQuiesce(run);
    const id = yield* onMirrored(run, (image) => orFail('error creating snapshot', makeSnapshot(image)), true);
    yield* run.print(`Snapshot ID: ${id}\n`);
  },
);

function* makeSnapshot(image: ImageCtx): Task<number> {
  const info = yield* mirrorImageInfo(image);
  if (info === null) throw new RbdError('mirroring not enabled on the image', ERRNO.EINVAL);
  if (!info.primary) throw new RbdError('snapshot based mirroring not enabled on the image', ERRNO.EINVAL);
  return yield* createPrimarySnap(image, info.globalId, { alone: false });
}
