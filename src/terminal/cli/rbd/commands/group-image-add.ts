import { addGroupImage } from '../../../../engine/librbd/operation/group-image-add.ts';
import { rbdCommand } from '../command.ts';
import { openGroupAndImage } from '../group-spec.ts';
import { GROUP_AND_IMAGE, GROUP_SPEC, IMAGE_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const groupImageAdd = rbdCommand(
  {
    words: ['group', 'image', 'add'],
    summary: 'Put an image into a group; it is in one at most.',
    positionals: [GROUP_SPEC, IMAGE_SPEC],
    options: GROUP_AND_IMAGE,
  },
  function* (run) {
    const { io, group, imageIo, image } = yield* openGroupAndImage(run);
    yield* orFail('add image error', addGroupImage(io, group, imageIo, image));
  },
);
