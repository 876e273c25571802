import { ERRNO } from '../../../../engine/base/errno.ts';
import { renameImage } from '../../../../engine/librbd/operation/rename.ts';
import { rbdCommand } from '../command.ts';
import { DEST, FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const rename = rbdCommand(
  {
    words: ['rename'],
    aliases: [['mv']],
    summary: 'Give an image another name in its pool.',
    positionals: [
      { ...IMAGE_SPEC, name: 'source-image-spec' },
      { ...IMAGE_SPEC, name: 'dest-image-spec' },
    ],
    options: [...FOR_IMAGE, ...DEST],
  },
  function* (run) {
    const from = run.specs.image();
    const to = run.specs.image({ dest: true, validation: 'full' });
    // Pools are held against each other as they were typed.
    const [source, destination] = [from.pool, to.pool || from.pool];
    if (source !== destination) {
      throw new RbdError(
        `mv/rename across pools not supported\nsource pool: ${source} dest pool: ${destination}`,
        ERRNO.EINVAL,
      );
    }
    const nspace = to.nspace || from.nspace;
    if (nspace !== from.nspace) {
      throw new RbdError(
        `mv/rename across namespaces not supported\nsource namespace: ${from.nspace} dest namespace: ${nspace}`,
        ERRNO.EINVAL,
      );
    }
    const io = yield* run.open(from);
    yield* orFail('rename error', renameImage(io, from.image, to.image));
  },
);
