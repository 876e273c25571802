import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import { cloneImage } from '../../../../engine/librbd/operation/clone.ts';
import { rbdCommand } from '../command.ts';
import { createOptions } from '../create-options.ts';
import { DEST, FOR_SNAP, IMAGE_SPEC, LAYOUT, SNAP_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';
import { countOption } from '../values.ts';

export const clone = rbdCommand(
  {
    words: ['clone'],
    summary: 'Make an image that reads from a snapshot until it is written to.',
    positionals: [
      { ...SNAP_SPEC, name: 'source-snap-spec' },
      { ...IMAGE_SPEC, name: 'dest-image-spec' },
    ],
    options: [
      ...FOR_SNAP,
      { long: 'snap-id', type: 'int', summary: 'Id of the snapshot, instead of its name' },
      ...DEST,
      ...LAYOUT,
    ],
  },
  function* (run) {
    const snapId = countOption(run.args, 'snap-id');
    const from = run.specs.image({ snap: snapId === undefined ? 'required' : 'permitted' });
    if (snapId !== undefined && from.snap !== '') {
      throw new RbdError('trying to access snapshot using both name and id.', ERRNO.EINVAL);
    }
    const to = run.specs.image({ dest: true, validation: 'full' });
    const options = createOptions(run);
    const source = yield* run.open(from);
    const io = yield* run.open(to);
    const snap = snapId === undefined ? { snapName: from.snap } : { snapId };
    try {
      yield* cloneImage({ io: source, imageName: from.image, ...snap }, io, to.image, options);
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      if (error.errno === ERRNO.EXDEV) throw new RbdError('clone v2 required for cross-namespace clones.', error.errno);
      throw new RbdError(`clone error: ${cppStrerror(error.errno)}`, error.errno);
    }
  },
);
