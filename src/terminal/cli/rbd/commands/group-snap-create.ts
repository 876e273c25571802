import { createGroupSnap } from '../../../../engine/librbd/operation/group-snap-create.ts';
import { rbdCommand } from '../command.ts';
import { openGroup } from '../group-spec.ts';
import { FOR_GROUP_SNAP, GROUP_SNAP_SPEC, QUIESCE } from '../options.ts';
import { checkQuiesce } from '../quiesce.ts';

export const groupSnapCreate = rbdCommand(
  {
    words: ['group', 'snap', 'create'],
    summary: 'Make a snapshot of all images of a group at one time.',
    positionals: [GROUP_SNAP_SPEC],
    options: [...FOR_GROUP_SNAP, ...QUIESCE],
  },
  function* (run) {
    const { io, group, snap } = yield* openGroup(run, 'required');
    checkQuiesce(run);
    yield* run.silently(createGroupSnap(io, group, snap));
  },
);
