import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import { cloneImage } from '../../../../engine/librbd/operation/clone.ts';
import { optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { createOptions } from '../create-options.ts';
import { CREATE, DEST, FOR_SNAP, IMAGE_SPEC, SNAP_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

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
      ...DEST,
      ...CREATE,
      { long: 'rbd-default-clone-format', type: 'enum:1|2|auto', summary: 'Format of the clone', hidden: true },
      { long: 'flatten', summary: 'Copies everything up at once' },
    ],
  },
  function* (run) {
    const from = run.specs.image({ snap: 'required' });
    const to = run.specs.image({ dest: true, validation: 'full' });
    const options = createOptions(run);
    const source = yield* run.open(from);
    const io = yield* run.open(to);
    const format = optionValue(run.args, 'rbd-default-clone-format');
    try {
      yield* cloneImage({ io: source, imageName: from.image, snapName: from.snap }, io, to.image, {
        ...options,
        ...(format === '1' || format === '2' ? { cloneFormat: format === '1' ? 1 : 2 } : {}),
      });
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      if (error.errno === ERRNO.EXDEV) throw new RbdError('clone v2 required for cross-namespace clones.', error.errno);
      throw new RbdError(`clone error: ${cppStrerror(error.errno)}`, error.errno);
    }
  },
);
