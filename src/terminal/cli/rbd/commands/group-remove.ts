import { removeGroup } from '../../../../engine/librbd/operation/group-remove.ts';
import { rbdCommand } from '../command.ts';
import { openGroup } from '../group-spec.ts';
import { FOR_GROUP, GROUP_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const groupRemove = rbdCommand(
  {
    words: ['group', 'remove'],
    aliases: [['group', 'rm']],
    summary: 'Remove a group with its snapshots; its images stay.',
    positionals: [GROUP_SPEC],
    options: FOR_GROUP,
  },
  function* (run) {
    const { io, group } = yield* openGroup(run);
    yield* orFail('remove error', removeGroup(io, group));
  },
);
