import { ERRNO } from '../../../../engine/base/errno.ts';
import { logError } from '../../../../engine/librados/error-log.ts';
import { removeImageLock } from '../../../../engine/librbd/operation/lock.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC, LOCK_ID } from '../options.ts';
import { requirePositional } from '../positionals.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const lockRemove = rbdCommand(
  {
    words: ['lock', 'remove'],
    aliases: [['lock', 'rm']],
    summary: 'Break a lock, whoever holds it.',
    positionals: [
      IMAGE_SPEC,
      LOCK_ID,
      { name: 'locker', type: 'string', summary: 'The client that holds it, as client.4242', optional: true },
    ],
    options: FOR_IMAGE,
  },
  function* (run) {
    const spec = run.specs.image();
    const cookie = requirePositional(run, 'lock id');
    const locker = requirePositional(run, 'locker');
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, {}, (image) =>
      orFail('releasing lock failed', removeImageLock(image, clientOf(run, locker), cookie)),
    );
  },
);

function clientOf({ rados }: RbdRun, locker: string): number {
  const match = /^client\.(\d{1,15})$/.exec(locker);
  if (match === null) logError(rados, 'librbd', `Unable to parse client '${locker}'`);
  if (match === null) throw new RbdError('releasing lock failed: (22) Invalid argument', ERRNO.EINVAL);
  return Number(match[1]);
}
