import { ERRNO } from '../../../../engine/base/errno.ts';
import { removeGroupImage } from '../../../../engine/librbd/operation/group-image-remove.ts';
import { optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { openGroupAndImage } from '../group-spec.ts';
import { GROUP_AND_IMAGE, GROUP_SPEC, IMAGE_ID, IMAGE_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const groupImageRemove = rbdCommand(
  {
    words: ['group', 'image', 'remove'],
    aliases: [['group', 'image', 'rm']],
    summary: 'Take an image out of a group.',
    positionals: [GROUP_SPEC, IMAGE_SPEC],
    options: [...GROUP_AND_IMAGE, IMAGE_ID],
  },
  function* (run) {
    const id = optionValue(run.args, 'image-id') ?? '';
    const { io, group, imageIo, image } = yield* openGroupAndImage(run, id === '');
    if (id !== '' && image !== '') throw new RbdError('trying to access image using both name and id. ', ERRNO.EINVAL);
    const target = id === '' ? { name: image } : { id };
    yield* orFail('remove image error', removeGroupImage(io, group, imageIo, target));
  },
);
