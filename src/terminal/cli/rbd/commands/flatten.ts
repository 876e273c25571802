import { flattenImage } from '../../../../engine/librbd/operation/flatten.ts';
import { optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_ID, IMAGE_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { withProgress } from '../progress.ts';
import { orFail } from '../rbd-error.ts';

export const flatten = rbdCommand(
  {
    words: ['flatten'],
    summary: 'Copy up all that a clone still reads from its parent, and cut the link.',
    positionals: [IMAGE_SPEC],
    options: [
      ...FOR_IMAGE,
      IMAGE_ID,
      NO_PROGRESS_OPTION,
      { long: 'encryption-format', type: 'string', summary: 'Not there yet', hidden: true, repeat: true },
    ],
  },
  function* (run) {
    const id = optionValue(run.args, 'image-id');
    const { io, spec } = yield* run.openSpec({ imageRequired: id === undefined });
    const target = id === undefined ? { name: spec.image } : { id };
    yield* onImage(io, target, {}, (image) =>
      orFail(
        'flatten error',
        withProgress(run.process, 'Image flatten', run.silent, (onProgress) => flattenImage(image, onProgress)),
      ),
    );
  },
);
