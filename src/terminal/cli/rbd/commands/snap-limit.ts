import { ERRNO } from '../../../../engine/base/errno.ts';
import { setSnapLimit } from '../../../../engine/librbd/operation/snap-limit.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';
import { countOption } from '../values.ts';

export const snapLimitSet = rbdCommand(
  {
    words: ['snap', 'limit', 'set'],
    summary: 'Allow an image only so many snapshots.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, { long: 'limit', type: 'int', summary: 'How many' }],
  },
  function* (run) {
    const limit = countOption(run.args, 'limit');
    const spec = run.specs.image();
    if (limit === undefined) throw new RbdError('must specify --limit <num>', ERRNO.ERANGE);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orFail('setting snapshot limit failed', setSnapLimit(image, limit)),
    );
  },
);

export const snapLimitClear = rbdCommand(
  {
    words: ['snap', 'limit', 'clear'],
    summary: 'Allow any number of snapshots again.',
    positionals: [IMAGE_SPEC],
    options: FOR_IMAGE,
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec();
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orFail('clearing snapshot limit failed', setSnapLimit(image, null)),
    );
  },
);
