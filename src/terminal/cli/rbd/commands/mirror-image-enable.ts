import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import { enableMirrorImage } from '../../../../engine/librbd/mirror/enable-image.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

export const mirrorImageEnable = rbdCommand(
  {
    words: ['mirror', 'image', 'enable'],
    summary: 'Mirror an image.',
    description: 'By snapshots, or by a journal of all that is written to it.',
    positionals: [
      IMAGE_SPEC,
      {
        name: 'mode',
        type: 'enum:journal|snapshot',
        summary: 'How: journal (unless given) or snapshot',
        optional: true,
        bracketed: true,
      },
    ],
    options: FOR_IMAGE,
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec();
    const mode = run.specs.nextPositional() ?? 'journal';
    yield* onImage(io, { name: spec.image }, {}, function* (image) {
      if (mode !== 'journal' && mode !== 'snapshot') throw new RbdError(`invalid mode name: ${mode}`, ERRNO.EINVAL);
      try {
        yield* enableMirrorImage(image, mode);
      } catch (error) {
        if (!(error instanceof CephError)) throw error;
        throw new RbdError('', error.errno);
      }
    });
    yield* run.print('Mirroring enabled\n');
  },
);
