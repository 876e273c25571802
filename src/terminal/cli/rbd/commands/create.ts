import { ERRNO } from '../../../../engine/base/errno.ts';
import { rbdCommand } from '../command.ts';
import { checkFormat1, createOfFormat, createOptions, OLD_FORMAT } from '../create-options.ts';
import { CREATE, FOR_IMAGE, IMAGE_SPEC, NO_PROGRESS_OPTION } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';
import { thickProvision } from '../thick-provision.ts';
import { orTooLarge, sizeOption } from '../values.ts';

export const create = rbdCommand(
  {
    words: ['create'],
    summary: 'Make an empty image.',
    description: 'Only the header is written: data objects come into being as data is written to them.',
    positionals: [IMAGE_SPEC],
    options: [
      ...FOR_IMAGE,
      ...CREATE,
      OLD_FORMAT,
      { long: 'thick-provision', summary: 'Writes zeros over the whole image' },
      { long: 'size', short: 's', type: 'size', summary: 'Size of the image (MiB without a unit)', required: true },
      NO_PROGRESS_OPTION,
    ],
  },
  function* (run) {
    const size = sizeOption(run.args);
    const options = createOptions(run);
    const spec = run.specs.image({ validation: 'full' });
    if (size === undefined) throw new RbdError('must specify --size <M/G/T>', ERRNO.EINVAL);
    const io = yield* run.open(spec);
    yield* checkFormat1(run);
    yield* orFail('create error', orTooLarge(createOfFormat(run, io, spec.image, size, options)));
    if (run.has('thick-provision')) yield* thickProvision(run, io, spec.image);
  },
);
