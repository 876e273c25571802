import { ERRNO } from '../../../../engine/base/errno.ts';
import { resizeImage } from '../../../../engine/librbd/operation/resize.ts';
import { rbdCommand } from '../command.ts';
import { encryptionSpecs, unlockImage } from '../encryption.ts';
import { onImage } from '../open.ts';
import { ENCRYPTION, FOR_IMAGE, IMAGE_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orSay, RbdError } from '../rbd-error.ts';
import { orTooLarge, sizeOption } from '../values.ts';

export const resize = rbdCommand(
  {
    words: ['resize'],
    summary: 'Make an image larger or smaller.',
    description: 'With a passphrase the size is that of what is encrypted: the header comes on top.',
    positionals: [IMAGE_SPEC],
    options: [
      ...FOR_IMAGE,
      { long: 'size', short: 's', type: 'size', summary: 'New size (MiB without a unit)', required: true },
      { long: 'allow-shrink', summary: 'Allows what makes it smaller, and loses what lay beyond' },
      NO_PROGRESS_OPTION,
      ...ENCRYPTION,
    ],
  },
  function* (run) {
    const size = sizeOption(run.args);
    const spec = run.specs.image();
    if (size === undefined) throw new RbdError('must specify --size <M/G/T>', ERRNO.EINVAL);
    const specs = yield* encryptionSpecs(run);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, {}, function* (image) {
      yield* unlockImage(image, specs);
      if (image.dataSize === size) throw new RbdError('new size is equal to original size ', ERRNO.EINVAL);
      const shrinks = run.has('allow-shrink');
      if (size < image.dataSize && !shrinks) {
        throw new RbdError('shrinking an image is only allowed with the --allow-shrink flag', ERRNO.EINVAL);
      }
      // Whatever Ceph refuses is told as the refusal that is most common.
      yield* orSay(
        'resize error',
        shrinks ? {} : { [ERRNO.EINVAL]: 'shrinking an image is only allowed with the --allow-shrink flag' },
        withProgress(run.process, 'Resizing image', run.silent, (onProgress) =>
          orTooLarge(resizeImage(image, size, shrinks, onProgress)),
        ),
      );
    });
  },
);
