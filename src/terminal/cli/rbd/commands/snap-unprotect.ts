import { ERRNO } from '../../../../engine/base/errno.ts';
import { unprotectSnap } from '../../../../engine/librbd/operation/snap-unprotect.ts';
import { optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, IMAGE_ID, SNAP_SPEC } from '../options.ts';
import { orSay, RbdError } from '../rbd-error.ts';

export const snapUnprotect = rbdCommand(
  {
    words: ['snap', 'unprotect'],
    summary: 'Let a snapshot be removed again.',
    positionals: [SNAP_SPEC],
    options: [...FOR_SNAP, IMAGE_ID],
  },
  function* (run) {
    const id = optionValue(run.args, 'image-id');
    const { io, spec } = yield* run.openSpec({ snap: 'required', imageRequired: id === undefined });
    if (id !== undefined && spec.image !== '') {
      throw new RbdError('trying to access image using both name and id. ', ERRNO.EINVAL);
    }
    const target = id === undefined ? { name: spec.image } : { id };
    const special = { [ERRNO.EINVAL]: 'snap is already unprotected' };
    yield* onImage(io, target, {}, (image) =>
      orSay('unprotecting snap failed', special, unprotectSnap(image, spec.snap)),
    );
  },
);
