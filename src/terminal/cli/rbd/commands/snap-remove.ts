import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { removeSnap, removeSnapById } from '../../../../engine/librbd/operation/snap-remove.ts';
import { forceRemoveSnap } from '../../../../engine/librbd/operation/snap-remove-force.ts';
import { optionValue } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
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
      { long: 'snap-id', type: 'int', summary: 'Id of the snapshot, instead of its name' },
      NO_PROGRESS_OPTION,
      { long: 'force', summary: 'Flattens children and unprotects first' },
    ],
  },
  function* (run) {
    const snapId = countOption(run.args, 'snap-id');
    const id = optionValue(run.args, 'image-id');
    const spec = run.specs.image({
      snap: snapId === undefined ? 'required' : 'permitted',
      imageRequired: id === undefined,
    });
    if (id !== undefined && spec.image !== '') {
      throw new RbdError('trying to access image using both name and id.', ERRNO.EINVAL);
    }
    if (snapId !== undefined && spec.snap !== '') {
      throw new RbdError('trying to access snapshot using both name and id.', ERRNO.EINVAL);
    }
    if (snapId !== undefined && (run.has('force') || run.silent)) {
      throw new RbdError('force and no-progress options not permitted when removing by id.', ERRNO.EINVAL);
    }
    const io = yield* run.open(spec);
    const target = id === undefined ? { name: spec.image } : { id };
    const named = snapId === undefined ? `'${spec.snap}'` : `id ${snapId}`;
    const special = { [ERRNO.EBUSY]: `snapshot ${named} is protected from removal.` };
    yield* onImage(io, target, {}, (image) =>
      orSay(
        'failed to remove snapshot',
        special,
        snapId === undefined ? removeNamed(run, image, spec.snap) : removeNumbered(image, snapId),
      ),
    );
  },
);

function* removeNamed(run: RbdRun, image: ImageCtx, name: string): Task<void> {
  const remove = run.has('force') ? forceRemoveSnap : removeSnap;
  yield* withProgress(run.process, 'Removing snap', run.silent, (onProgress) => remove(image, name, onProgress));
}

/** Also of a group, or in the trash. */
function* removeNumbered(image: ImageCtx, snapId: number): Task<void> {
  const snap = image.snapById(snapId);
  if (snap === undefined) throw new CephError('ENOENT', `snapshot ${snapId}`);
  if (snap.protection !== 'unprotected') throw new CephError('EBUSY', 'snapshot is protected');
  yield* removeSnapById(image, snapId);
}
