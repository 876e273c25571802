import { removeMetadata } from '../../../../engine/librbd/operation/metadata.ts';
import { rbdCommand } from '../command.ts';
import { CONF_PREFIX, CONFIG_KEY, configKeyOf } from '../config-key.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const configImageRemove = rbdCommand(
  {
    words: ['config', 'image', 'remove'],
    aliases: [['config', 'image', 'rm']],
    summary: 'Take back what was set for an image.',
    positionals: [IMAGE_SPEC, CONFIG_KEY],
    options: FOR_IMAGE,
  },
  function* (run) {
    const spec = run.specs.image();
    const key = configKeyOf(run);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { skipParent: true }, (image) =>
      orFail(`failed to remove ${key}`, removeMetadata(image, CONF_PREFIX + key)),
    );
  },
);
