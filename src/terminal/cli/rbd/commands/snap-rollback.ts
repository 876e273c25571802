import { rollbackSnap } from '../../../../engine/librbd/operation/snap-rollback.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, NO_PROGRESS_OPTION, SNAP_SPEC } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';

export const snapRollback = rbdCommand(
  {
    words: ['snap', 'rollback'],
    aliases: [['snap', 'revert']],
    summary: 'Bring an image back to a snapshot, object by object.',
    positionals: [SNAP_SPEC],
    options: [...FOR_SNAP, NO_PROGRESS_OPTION],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec({ snap: 'required' });
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orFail(
        'rollback failed',
        withProgress(run.process, 'Rolling back to snapshot', run.silent, (onProgress) =>
          rollbackSnap(image, spec.snap, onProgress),
        ),
      ),
    );
  },
);
