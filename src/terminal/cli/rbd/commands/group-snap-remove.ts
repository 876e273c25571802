import { removeGroupSnap } from '../../../../engine/librbd/operation/group-snap-remove.ts';
import { rbdCommand } from '../command.ts';
import { openGroup } from '../group-spec.ts';
import { FOR_GROUP_SNAP, GROUP_SNAP_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const groupSnapRemove = rbdCommand(
  {
    words: ['group', 'snap', 'remove'],
    aliases: [['group', 'snap', 'rm']],
    summary: 'Remove a snapshot of a group.',
    positionals: [GROUP_SNAP_SPEC],
    options: FOR_GROUP_SNAP,
  },
  function* (run) {
    const { io, group, snap } = yield* openGroup(run, 'required');
    yield* orFail('failed to remove group snapshot', removeGroupSnap(io, group, snap));
  },
);
