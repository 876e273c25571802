import { parseLevel, purgedNamespaces } from '../../../../engine/librbd/operation/trash-schedule.ts';
import { nextRun_us } from '../../../../engine/librbd/schedule.ts';
import { isoText } from '../../format/dates.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FORMATS, IN_POOL } from '../options.ts';
import { asManager, levelSpec, schedulesNow } from '../trash-schedule.ts';

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
    const level = yield* asManager('status', parseLevel(run.rados, levelSpec(run)));
    const now_us = run.process.cluster.now_us();
    const rows = (yield* purgedNamespaces(run.rados, yield* schedulesNow(run)))
      .filter(({ pool, nspace }) => (level.pool ?? pool) === pool && (level.nspace || nspace) === nspace)
      .map(({ poolName, nspace, items }) => [poolName, nspace, timeText(nextRun_us(items, now_us))] as const)
      .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
    if (format === null) {
      yield* run.print(textTable(COLUMNS, rows));
      return;
    }
    const nodes = rows.map(([pool, namespace, schedule_time]) => nodeOf('item', { pool, namespace, schedule_time }));
    yield* run.print(formattedText(arrayNode('scheduled', nodes), format));
  },
);

/** As the manager writes it: `2026-11-22 12:30:00`. */
function timeText(at_us: number): string {
  return isoText(at_us).slice(0, 19).replace('T', ' ');
}
