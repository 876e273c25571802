import { listGroupSnaps } from '../../../../engine/librbd/operation/group-snap-list.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { openGroup } from '../group-spec.ts';
import { FOR_GROUP, FORMATS, GROUP_SPEC } from '../options.ts';

const COLUMNS = [column('ID'), column('NAME'), column('STATE', 'left', 'right')];

export const groupSnapList = rbdCommand(
  {
    words: ['group', 'snap', 'list'],
    aliases: [['group', 'snap', 'ls']],
    summary: 'Name the snapshots of a group, oldest first.',
    positionals: [GROUP_SPEC],
    options: [...FORMATS, ...FOR_GROUP],
  },
  function* (run) {
    const format = formatOf(run.args);
    const { io, group } = yield* openGroup(run);
    const snaps = yield* run.silently(listGroupSnaps(io, group));
    if (format !== null) {
      const nodes = snaps.map(({ id, name, state }) => nodeOf('group_snap', { id, snapshot: name, state }));
      yield* run.print(formattedText(arrayNode('group_snaps', nodes), format));
    } else if (snaps.length > 0) {
      const rows = snaps.map(({ id, name, state }) => [id, name, state]);
      yield* run.print(textTable(COLUMNS, rows));
    }
  },
);
