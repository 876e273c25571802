import { ERRNO } from '../../../../engine/base/errno.ts';
import { moveToTrash } from '../../../../engine/librbd/operation/trash.ts';
import { optionValue } from '../../command.ts';
import { isoText } from '../../format/dates.ts';
import { rbdCommand } from '../command.ts';
import { dateOption } from '../date-text.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { orSay, RbdError } from '../rbd-error.ts';
import { inGroup } from './remove.ts';

export const trashMove = rbdCommand(
  {
    words: ['trash', 'move'],
    aliases: [['trash', 'mv']],
    summary: 'Put an image into the trash: it loses its name, and can come back.',
    positionals: [IMAGE_SPEC],
    options: [
      ...FOR_IMAGE,
      { long: 'expires-at', type: 'string', summary: 'When it may be purged: a date, or "now + 3 days"' },
    ],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec();
    const now_us = io.rados.now_us();
    const expires = optionValue(run.args, 'expires-at');
    const expires_us = expires === undefined ? now_us : yield* dateOption(run, expires, now_us);
    if (expires_us < now_us - 1_000_000) {
      throw new RbdError('cannot use a date in the past as an expiration date', ERRNO.EINVAL);
    }
    const move = moveToTrash(io, spec.image, expires_us > now_us ? expires_us : 0);
    yield* orSay('deferred delete error', { [ERRNO.EMLINK]: inGroup() }, move);
    if (expires_us > now_us) yield* run.print(`rbd: image ${spec.image} will expire at ${isoText(expires_us)}\n`);
  },
);
