import { ERRNO } from '../../../../engine/base/errno.ts';
import { unprotectSnap } from '../../../../engine/librbd/operation/snap-unprotect.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, IMAGE_ID, SNAP_SPEC } from '../options.ts';
import { orSay } from '../rbd-error.ts';

export const snapUnprotect = rbdCommand(
  {
    words: ['snap', 'unprotect'],
    summary: 'Let a snapshot be removed again.',
    positionals: [SNAP_SPEC],
    options: [...FOR_SNAP, IMAGE_ID],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec({ snap: 'required' });
    const special = { [ERRNO.EINVAL]: 'snap is already unprotected' };
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orSay('unprotecting snap failed', special, unprotectSnap(image, spec.snap)),
    );
  },
);
