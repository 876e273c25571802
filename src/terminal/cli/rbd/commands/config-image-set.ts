import { ERRNO } from '../../../../engine/base/errno.ts';
import { setMetadata } from '../../../../engine/librbd/operation/metadata.ts';
import { rbdCommand } from '../command.ts';
import { CONF_PREFIX, CONFIG_KEY, CONFIG_VALUE, configKeyOf } from '../config-key.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const configImageSet = rbdCommand(
  {
    words: ['config', 'image', 'set'],
    summary: 'Set an option for an image.',
    positionals: [IMAGE_SPEC, CONFIG_KEY, CONFIG_VALUE],
    options: FOR_IMAGE,
  },
  function* (run) {
    const spec = run.specs.image();
    const key = configKeyOf(run);
    const value = run.specs.nextPositional() ?? '';
    if (value === '') throw new RbdError('image config value was not specified', ERRNO.EINVAL);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { skipParent: true }, (image) =>
      orFail(`failed to set ${key}`, setMetadata(image, CONF_PREFIX + key, value)),
    );
  },
);
