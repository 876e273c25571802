import { ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { FEATURE } from '../../../engine/codec/rbd-types.ts';
import { EXIT_NOT_YET, type OptionRecord, optionValue, type PositionalRecord } from '../command.ts';
import type { RbdRun } from './command.ts';
import { onImage } from './open.ts';
import { FOR_IMAGE } from './options.ts';
import { RbdError } from './rbd-error.ts';

export const JOURNAL_SPEC: PositionalRecord = {
  name: 'journal-spec',
  type: 'image-spec',
  summary: '[pool/[namespace/]]journal',
  optional: true,
};
export const FOR_JOURNAL: readonly OptionRecord[] = [
  ...FOR_IMAGE,
  { long: 'journal', type: 'string', summary: 'Name of the journal: the id of its image' },
];

/**
 * Checks the image whose journal is meant, and says that journals themselves are not there yet: no image can have one.
 * @ceph src/tools/rbd/Utils.cc get_journal_id of action/Journal.cc — exact up to there
 */
export function* refuseJournal(run: RbdRun): Task<void> {
  if (optionValue(run.args, 'image') === undefined && optionValue(run.args, 'journal') === undefined) {
    const typed = run.specs.nextPositional() ?? '';
    if (typed === '') throw new RbdError('journal was not specified', ERRNO.EINVAL);
  } else if (optionValue(run.args, 'image') !== undefined) {
    const { io, spec } = yield* run.openSpec();
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
      if (image.has(FEATURE.JOURNALING)) return;
      throw new RbdError(`journaling is not enabled for image ${spec.image}`, ERRNO.EINVAL);
    });
  }
  throw new RbdError('journals are not there yet in Radoscope', EXIT_NOT_YET);
}
