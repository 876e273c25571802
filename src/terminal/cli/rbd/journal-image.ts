import { ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { FEATURE } from '../../../engine/codec/rbd-types.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import { EXIT_NOT_YET, type OptionRecord, optionValue, type PositionalRecord } from '../command.ts';
import type { RbdRun } from './command.ts';
import { extractSpec } from './image-spec.ts';
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

/** The journal that is meant: that of an image, or one by its name. @ceph src/tools/rbd/action/Journal.cc, Utils.cc get_journal_id — exact */
export function* openedJournal(run: RbdRun): Task<{ readonly io: IoCtx; readonly id: string }> {
  const named = optionValue(run.args, 'journal');
  if (optionValue(run.args, 'image') === undefined) {
    const text = named ?? run.specs.nextPositional() ?? '';
    if (text === '') throw new RbdError('journal was not specified', ERRNO.EINVAL);
    const spec = extractSpec(text, 'none');
    const pool = spec.pool || (optionValue(run.args, 'pool') ?? '');
    return { io: yield* run.open({ pool, nspace: spec.nspace }), id: spec.image };
  }
  const { io, spec } = yield* run.openSpec();
  const id = yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
    if (image.has(FEATURE.JOURNALING)) return image.id;
    throw new RbdError(`journaling is not enabled for image ${spec.image}`, ERRNO.EINVAL);
  });
  return { io, id };
}

/** Checks which journal is meant, and says that the command itself is not there yet. */
export function* refuseJournal(run: RbdRun): Task<never> {
  yield* openedJournal(run);
  throw new RbdError('this command for journals is not there yet in Radoscope', EXIT_NOT_YET);
}
