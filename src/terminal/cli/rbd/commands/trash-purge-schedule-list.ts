import { ERRNO } from '../../../../engine/base/errno.ts';
import { listedSchedules, trashSchedules } from '../../../../engine/cluster/rbd-support/trash-schedules.ts';
import {
  type LevelSchedule,
  levelId,
  levelName,
  parseLevel,
  type ScheduleLevel,
} from '../../../../engine/librbd/operation/trash-schedule.ts';
import { intervalText } from '../../../../engine/librbd/schedule.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FORMATS, IN_POOL } from '../options.ts';
import { RbdError } from '../rbd-error.ts';
import { asManager, levelSpec, scheduleText } from '../trash-schedule.ts';

const COLUMNS = ['POOL', 'NAMESPACE', 'SCHEDULE'].map((name) => column(name));

export const trashPurgeScheduleList = rbdCommand(
  {
    words: ['trash', 'purge', 'schedule', 'list'],
    aliases: [['trash', 'purge', 'schedule', 'ls']],
    summary: 'Tell when the trash is purged: as set for this level or, with -R, for those below too.',
    positionals: [],
    options: [...IN_POOL, { long: 'recursive', short: 'R', summary: 'Those of pools and namespaces too' }, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const level = yield* asManager(run, 'list', (rados) => parseLevel(rados, levelSpec(run)));
    const all = yield* trashSchedules(run.process.cluster.records, run.rados);
    if (!run.has('recursive')) {
      const found = all.get(levelId(level));
      if (found === undefined) throw new RbdError('', ERRNO.ENOENT);
      const items = itemsOf(found);
      yield* run.print(
        format === null ? `${scheduleText(items)}\n` : formattedText(arrayNode('items', items.map(itemNode)), format),
      );
      return;
    }
    const shown = sortedByName(run, listedSchedules(all, level));
    if (format !== null)
      yield* run.print(
        formattedText(
          arrayNode(
            'schedules',
            shown.map((each) => node(run, each)),
          ),
          format,
        ),
      );
    else
      yield* run.print(
        textTable(
          COLUMNS,
          shown.map((each) => [...placeOf(run, each.level), scheduleText(itemsOf(each))]),
        ),
      );
  },
);

function sortedByName(run: RbdRun, schedules: readonly LevelSchedule[]): LevelSchedule[] {
  const name = ({ level }: LevelSchedule) => levelName(run.rados, level);
  return [...schedules].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

function placeOf(run: RbdRun, { pool, nspace }: ScheduleLevel): [string, string] {
  return [pool === null ? '-' : (run.rados.findPool(pool)?.name ?? String(pool)), nspace ?? '-'];
}

function itemsOf({ items }: LevelSchedule) {
  return items.map(({ minutes, startTime }) => ({ interval: intervalText(minutes), start_time: startTime ?? '' }));
}

function itemNode(item: { readonly interval: string; readonly start_time: string }): FormatNode {
  return nodeOf('item', item);
}

function node(run: RbdRun, each: LevelSchedule): FormatNode {
  const [pool, nspace] = placeOf(run, each.level);
  const items = arrayNode('items', itemsOf(each).map(itemNode));
  return objectNode('schedule', [valueNode('pool', pool), valueNode('namespace', nspace), items]);
}
