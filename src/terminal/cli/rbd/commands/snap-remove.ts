import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { removeSnap } from '../../../../engine/librbd/operation/snap-remove.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, IMAGE_ID, NO_PROGRESS_OPTION, SNAP_SPEC } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orSay, RbdError } from '../rbd-error.ts';
import { countOption } from '../values.ts';

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
    const snapId = countOption(run.args, 'snap-id');
    const spec = run.specs.image({ snap: snapId === undefined ? 'required' : 'permitted' });
    if (snapId !== undefined && spec.snap !== '') {
      throw new RbdError('trying to access snapshot using both name and id.', ERRNO.EINVAL);
    }
    const io = yield* run.open(spec);
    const special = { [ERRNO.EBUSY]: `snapshot '${snapId ?? spec.snap}' is protected from removal.` };
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orSay(
        'failed to remove snapshot',
        special,
        withProgress(run.process, 'Removing snap', run.silent, (onProgress) =>
          removeSnap(image, snapId === undefined ? spec.snap : nameOf(image, snapId), onProgress),
        ),
      ),
    );
  },
);

function nameOf(image: ImageCtx, snapId: number): string {
  const snap = image.snapById(snapId);
  if (snap === undefined || snap.namespace.type !== 'user') throw new CephError('ENOENT', `snapshot ${snapId}`);
  return snap.name;
}
