import { ERRNO } from '../../../../engine/base/errno.ts';
import { renameGroupSnap } from '../../../../engine/librbd/operation/group-snap-rename.ts';
import { optionValue } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { FOR_GROUP_SNAP, GROUP_SNAP_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

export const groupSnapRename = rbdCommand(
  {
    words: ['group', 'snap', 'rename'],
    summary: 'Give a snapshot of a group another name.',
    positionals: [
      GROUP_SNAP_SPEC,
      { name: 'dest-snap', type: 'string', summary: 'New name of the snapshot', optional: true },
    ],
    options: [...FOR_GROUP_SNAP, { long: 'dest-snap', type: 'string', summary: 'New name of the snapshot' }],
  },
  function* (run) {
    const { image: group, snap, ...place } = run.specs.group({ snap: 'required' });
    const to = optionValue(run.args, 'dest-snap') || run.specs.nextPositional() || '';
    if (to === '') throw new RbdError('destination snapshot name was not specified', ERRNO.EINVAL);
    if (/[@/]/.test(to)) throw new RbdError(`invalid snap name '${to}'`, ERRNO.EINVAL);
    const io = yield* run.open(place);
    yield* orFail('failed to rename group snapshot', renameGroupSnap(io, group, snap, to));
  },
);
