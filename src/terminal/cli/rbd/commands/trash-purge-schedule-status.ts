import { nextPurges } from '../../../../engine/cluster/rbd-support/trash-schedules.ts';
import { parseLevel } from '../../../../engine/librbd/operation/trash-schedule.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FORMATS, IN_POOL } from '../options.ts';
import { asManager, levelSpec } from '../trash-schedule.ts';

const COLUMNS = ['POOL', 'NAMESPACE', 'SCHEDULE TIME'].map((name) => column(name));

export const trashPurgeScheduleStatus = rbdCommand(
  {
    words: ['trash', 'purge', 'schedule', 'status'],
    summary: 'Tell when the trash is purged the next time.',
    positionals: [],
    options: [...IN_POOL, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const level = yield* asManager(run, 'status', (rados) => parseLevel(rados, levelSpec(run)));
    const rows = (yield* nextPurges(run.process.cluster.records, run.rados, level))
      .map(({ poolName, nspace, time }) => [poolName, nspace, time] as const)
      .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
    if (format === null) {
      yield* run.print(textTable(COLUMNS, rows));
      return;
    }
    const nodes = rows.map(([pool, namespace, schedule_time]) => nodeOf('item', { pool, namespace, schedule_time }));
    yield* run.print(formattedText(arrayNode('scheduled', nodes), format));
  },
);
