import { ERRNO } from '../../../../engine/base/errno.ts';
import { listedMirrorSchedules, mirrorSchedules } from '../../../../engine/cluster/rbd-support/mirror-schedules.ts';
import { mirrorLevelId } from '../../../../engine/librbd/mirror/schedule-level.ts';
import type { MirrorSchedule } from '../../../../engine/librbd/mirror/snapshot-schedule.ts';
import { intervalText } from '../../../../engine/librbd/schedule.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { levelOf } from '../mirror-schedule.ts';
import { FOR_IMAGE, FORMATS } from '../options.ts';
import { RbdError } from '../rbd-error.ts';
import { scheduleText } from '../trash-schedule.ts';

const COLUMNS = ['POOL', 'NAMESPACE', 'IMAGE', 'SCHEDULE'].map((name) => column(name));

export const mirrorSnapshotScheduleList = rbdCommand(
  {
    words: ['mirror', 'snapshot', 'schedule', 'list'],
    aliases: [['mirror', 'snapshot', 'schedule', 'ls']],
    summary: 'Tell when mirror snapshots are made: as set for this level or, with -R, for those below too.',
    positionals: [],
    options: [...FOR_IMAGE, { long: 'recursive', short: 'R', summary: 'Those of all levels below too' }, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const level = yield* levelOf(run, 'list');
    const all = yield* mirrorSchedules(run.process.cluster.records, run.rados);
    if (run.has('recursive')) {
      const shown = [...listedMirrorSchedules(all, level)].sort((a, b) => (a.level.name < b.level.name ? -1 : 1));
      const node = arrayNode('schedules', shown.map(scheduleNode));
      yield* run.print(format === null ? textTable(COLUMNS, shown.map(rowOf)) : formattedText(node, format));
      return;
    }
    const found = all.get(mirrorLevelId(level));
    if (found === undefined) throw new RbdError('', ERRNO.ENOENT);
    yield* run.print(format === null ? `${scheduleText(itemsOf(found))}\n` : formattedText(itemsNode(found), format));
  },
);

/** Pool, namespace and image; a dash for what is not told apart. @ceph src/tools/rbd/Schedule.cc parse_schedule_name — exact */
function placeOf({ level }: MirrorSchedule): readonly [pool: string, nspace: string, image: string] {
  const [, pool, nspace, image] = /^(?:([^/]+)\/(?:([^/]+)\/)?([^/@]+)?)?$/.exec(level.name) ?? [];
  return [pool ?? '-', nspace ?? (image === undefined ? '-' : ''), image ?? '-'];
}

function itemsOf({ items }: MirrorSchedule) {
  return items.map(({ minutes, startTime }) => ({ interval: intervalText(minutes), start_time: startTime ?? '' }));
}

function rowOf(schedule: MirrorSchedule): readonly string[] {
  return [...placeOf(schedule), scheduleText(itemsOf(schedule))];
}

function itemsNode(schedule: MirrorSchedule): FormatNode {
  return arrayNode(
    'items',
    itemsOf(schedule).map((item) => nodeOf('item', item)),
  );
}

function scheduleNode(schedule: MirrorSchedule): FormatNode {
  const [pool, nspace, image] = placeOf(schedule);
  const place = [valueNode('pool', pool), valueNode('namespace', nspace), valueNode('image', image)];
  return objectNode('schedule', [...place, itemsNode(schedule)]);
}
