import { createGroup } from '../../../../engine/librbd/operation/group-create.ts';
import { rbdCommand } from '../command.ts';
import { openGroup } from '../group-spec.ts';
import { FOR_GROUP, GROUP_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const groupCreate = rbdCommand(
  {
    words: ['group', 'create'],
    summary: 'Make a group: images that are snapshotted together.',
    positionals: [GROUP_SPEC],
    options: FOR_GROUP,
  },
  function* (run) {
    const { io, group } = yield* openGroup(run);
    yield* orFail('create error', createGroup(io, group));
  },
);
