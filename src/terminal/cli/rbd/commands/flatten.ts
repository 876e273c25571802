import { flattenImage } from '../../../../engine/librbd/operation/flatten.ts';
import { rbdCommand } from '../command.ts';
import { encryptionSpecs, unlockImage } from '../encryption.ts';
import { onImage } from '../open.ts';
import { ENCRYPTION, FOR_IMAGE, IMAGE_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';

export const flatten = rbdCommand(
  {
    words: ['flatten'],
    summary: 'Copy up all that a clone still reads from its parent, and cut the link.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, NO_PROGRESS_OPTION, ...ENCRYPTION],
  },
  function* (run) {
    const spec = run.specs.image();
    const specs = yield* encryptionSpecs(run);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, {}, function* (image) {
      yield* unlockImage(image, specs);
      yield* orFail(
        'flatten error',
        withProgress(run.process, 'Image flatten', run.silent, (onProgress) => flattenImage(image, onProgress)),
      );
    });
  },
);
