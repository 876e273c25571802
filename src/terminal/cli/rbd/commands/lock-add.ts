import { ERRNO } from '../../../../engine/base/errno.ts';
import { addImageLock } from '../../../../engine/librbd/operation/lock.ts';
import { optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC, LOCK_ID } from '../options.ts';
import { requirePositional } from '../positionals.ts';
import { orSay } from '../rbd-error.ts';

export const lockAdd = rbdCommand(
  {
    words: ['lock', 'add'],
    summary: 'Lock an image by hand.',
    description:
      'Who writes to an image with feature exclusive-lock waits for such a lock to go. Nothing removes it by itself.',
    positionals: [IMAGE_SPEC, LOCK_ID],
    options: [...FOR_IMAGE, { long: 'shared', type: 'string', summary: 'Shared with all who give the same tag' }],
  },
  function* (run) {
    const spec = run.specs.image();
    const cookie = requirePositional(run, 'lock id');
    const tag = optionValue(run.args, 'shared') || null;
    const held = `lock is already held by someone else${tag === null ? '' : ' with a different tag'}`;
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orSay('taking lock failed', { [ERRNO.EBUSY]: held, [ERRNO.EEXIST]: held }, addImageLock(image, cookie, tag)),
    );
  },
);
