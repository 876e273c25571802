import { createSnap } from '../../../../engine/librbd/operation/snap-create.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, NO_PROGRESS_OPTION, QUIESCE, SNAP_SPEC } from '../options.ts';
import { withProgress } from '../progress.ts';
import { checkQuiesce } from '../quiesce.ts';
import { orFail } from '../rbd-error.ts';

export const snapCreate = rbdCommand(
  {
    words: ['snap', 'create'],
    aliases: [['snap', 'add']],
    summary: 'Make a snapshot of an image.',
    description: 'Only the header changes: no data is copied before something is written.',
    positionals: [SNAP_SPEC],
    options: [...FOR_SNAP, ...QUIESCE, NO_PROGRESS_OPTION],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec({ snap: 'required', validation: 'snap' });
    checkQuiesce(run);
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orFail(
        'failed to create snapshot',
        withProgress(run.process, 'Creating snap', run.silent, (onProgress) =>
          createSnap(image, spec.snap, onProgress),
        ),
      ),
    );
  },
);
