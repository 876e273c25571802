import { groupIdOf } from '../../../../engine/librbd/group.ts';
import { nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { openGroup } from '../group-spec.ts';
import { FOR_GROUP, FORMATS, GROUP_SPEC } from '../options.ts';

export const groupInfo = rbdCommand(
  {
    words: ['group', 'info'],
    summary: 'Tell the id of a group.',
    positionals: [GROUP_SPEC],
    options: [...FOR_GROUP, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const { io, group } = yield* openGroup(run);
    const id = yield* run.silently(groupIdOf(io, group, 'get_id'));
    if (format === null) yield* run.print(`rbd group '${group}':\n\tid: ${id}\n`);
    else yield* run.print(formattedText(nodeOf('group', { group_name: group, group_id: id }), format));
  },
);
