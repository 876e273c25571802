import { setMetadata } from '../../../../engine/librbd/operation/metadata.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC, META_KEY } from '../options.ts';
import { requirePositional } from '../positionals.ts';
import { orFail } from '../rbd-error.ts';

export const imageMetaSet = rbdCommand(
  {
    words: ['image-meta', 'set'],
    summary: "Set one value of an image's metadata.",
    description: 'Keys that begin with conf_ override settings for clients that open the image.',
    positionals: [IMAGE_SPEC, META_KEY, { name: 'value', type: 'string', summary: 'The value', optional: true }],
    options: FOR_IMAGE,
  },
  function* (run) {
    const spec = run.specs.image();
    const key = requirePositional(run, 'metadata key');
    const value = requirePositional(run, 'metadata value');
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { skipParent: true }, (image) =>
      orFail('setting metadata failed', setMetadata(image, key, value)),
    );
  },
);
