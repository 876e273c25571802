import { ERRNO } from '../../../../engine/base/errno.ts';
import { removeSnap } from '../../../../engine/librbd/operation/snap-remove.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, IMAGE_ID, NO_PROGRESS_OPTION, SNAP_SPEC } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orSay } from '../rbd-error.ts';

export const snapRemove = rbdCommand(
  {
    words: ['snap', 'remove'],
    aliases: [['snap', 'rm']],
    summary: 'Remove a snapshot.',
    description:
      'OSDs trim what was kept for it afterwards. A snapshot with clones of format 2 goes to the trash first.',
    positionals: [SNAP_SPEC],
    options: [
      ...FOR_SNAP,
      IMAGE_ID,
      NO_PROGRESS_OPTION,
      { long: 'force', summary: 'Flattens children and unprotects first' },
      { long: 'snap-id', type: 'int', summary: 'Id of the snapshot, instead of its name' },
    ],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec({ snap: 'required' });
    const special = { [ERRNO.EBUSY]: `snapshot '${spec.snap}' is protected from removal.` };
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orSay(
        'failed to remove snapshot',
        special,
        withProgress(run.process, 'Removing snap', run.silent, (onProgress) =>
          removeSnap(image, spec.snap, onProgress),
        ),
      ),
    );
  },
);
