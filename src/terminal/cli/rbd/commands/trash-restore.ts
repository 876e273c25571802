import { ERRNO } from '../../../../engine/base/errno.ts';
import { restoreFromTrash } from '../../../../engine/librbd/operation/trash.ts';
import { optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { IMAGE_ID, IMAGE_ID_SPEC, IN_POOL } from '../options.ts';
import { imageIdSpec } from '../positionals.ts';
import { orSay } from '../rbd-error.ts';

export const trashRestore = rbdCommand(
  {
    words: ['trash', 'restore'],
    summary: 'Bring an image back from the trash.',
    positionals: [IMAGE_ID_SPEC],
    options: [
      ...IN_POOL,
      IMAGE_ID,
      { long: 'image', type: 'string', summary: 'The name it gets; its old one unless given' },
    ],
  },
  function* (run) {
    const spec = imageIdSpec(run);
    const name = optionValue(run.args, 'image') || undefined;
    const io = yield* run.open(spec);
    const special = {
      [ERRNO.ENOENT]: 'error: image does not exist in trash',
      [ERRNO.EEXIST]: 'error: an image with the same name already exists, try again with a different name',
    };
    yield* orSay('restore error', special, restoreFromTrash(io, spec.id, name));
  },
);
