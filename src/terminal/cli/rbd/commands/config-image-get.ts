import { getMetadata } from '../../../../engine/librbd/operation/metadata.ts';
import { rbdCommand } from '../command.ts';
import { CONF_PREFIX, CONFIG_KEY, configKeyOf, notSet } from '../config-key.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { orSay } from '../rbd-error.ts';

export const configImageGet = rbdCommand(
  {
    words: ['config', 'image', 'get'],
    summary: 'Tell what an option is set to for an image.',
    positionals: [IMAGE_SPEC, CONFIG_KEY],
    options: FOR_IMAGE,
  },
  function* (run) {
    const spec = run.specs.image();
    const key = configKeyOf(run);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
      const value = yield* orSay(`failed to get ${key}`, notSet(key), getMetadata(image, CONF_PREFIX + key));
      yield* run.print(`${value}\n`);
    });
  },
);
