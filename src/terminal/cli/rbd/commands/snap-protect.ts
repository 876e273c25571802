import { ERRNO } from '../../../../engine/base/errno.ts';
import { protectSnap } from '../../../../engine/librbd/operation/snap-protect.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, SNAP_SPEC } from '../options.ts';
import { orSay } from '../rbd-error.ts';

export const snapProtect = rbdCommand(
  {
    words: ['snap', 'protect'],
    summary: 'Keep a snapshot from being removed, as clones of format 1 need it.',
    positionals: [SNAP_SPEC],
    options: FOR_SNAP,
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec({ snap: 'required' });
    const special = { [ERRNO.EBUSY]: 'snap is already protected' };
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orSay('protecting snap failed', special, protectSnap(image, spec.snap)),
    );
  },
);
