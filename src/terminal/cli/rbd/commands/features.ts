import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { addFeatures, dropFeatures } from '../../../../engine/librbd/mirror/journal-feature.ts';
import type { PositionalRecord } from '../../command.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { featureBits } from '../create-options.ts';
import { journalOptions } from '../journal-options.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC, JOURNAL } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

const FEATURES: PositionalRecord = {
  name: 'features',
  type: 'enum:exclusive-lock|object-map|fast-diff|deep-flatten|journaling',
  summary: 'Names of features',
  optional: true,
  repeat: true,
};

export const featureEnable = rbdCommand(
  {
    words: ['feature', 'enable'],
    summary: 'Switch features of an image on.',
    description:
      'Of an image that is there: exclusive-lock, then object-map (with fast-diff), which is to be rebuilt then.',
    positionals: [IMAGE_SPEC, FEATURES],
    options: [...FOR_IMAGE, ...JOURNAL],
  },
  function* (run) {
    const journal = journalOptions(run.args);
    yield* update(run, (image, features) => addFeatures(image, features, journal));
  },
);

export const featureDisable = rbdCommand(
  {
    words: ['feature', 'disable'],
    summary: 'Switch features of an image off.',
    description: 'A feature that another one needs goes only together with that one.',
    positionals: [IMAGE_SPEC, FEATURES],
    options: FOR_IMAGE,
  },
  (run) => update(run, dropFeatures),
);

function* noFeatures(): Task<never> {
  throw new CephError('EINVAL', 'no features');
}

function* update(run: RbdRun, change: (image: ImageCtx, features: number) => Task<void>): Task<void> {
  const spec = run.specs.image();
  const names = run.specs.rest();
  if (names.length === 0) throw new RbdError('at least one feature name must be specified', ERRNO.EINVAL);
  const bits = featureBits(names.flatMap((name) => (name === '' ? [] : name.split(','))));
  if (bits === undefined) throw new RbdError('the argument for option is invalid', 1);
  const io = yield* run.open(spec);
  yield* onImage(io, { name: spec.image }, {}, (image) =>
    orFail('failed to update image features', bits === 0 ? noFeatures() : change(image, bits)),
  );
}
