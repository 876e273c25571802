import { listGroups } from '../../../../engine/librbd/operation/group-list.ts';
import { nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FORMATS, IN_POOL, POOL_SPEC } from '../options.ts';

export const groupList = rbdCommand(
  {
    words: ['group', 'list'],
    aliases: [['group', 'ls']],
    summary: 'Name the groups of a pool.',
    positionals: [POOL_SPEC],
    options: [...IN_POOL, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const io = yield* run.openPoolSpec();
    const names = (yield* run.silently(listGroups(io))).map(({ name }) => name);
    const plain = names.map((name) => `${name}\n`).join('');
    yield* run.print(format === null ? plain : formattedText(nodeOf('groups', names, 'name'), format));
  },
);
