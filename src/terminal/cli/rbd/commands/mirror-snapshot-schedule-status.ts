import type { Task } from '../../../../engine/base/task.ts';
import { nextMirrorSnapshots } from '../../../../engine/cluster/rbd-support/mirror-schedules.ts';
import type { MirrorScheduleLevel } from '../../../../engine/librbd/mirror/schedule-level.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { formatOf, formattedText, refusePretty } from '../format.ts';
import { levelOf } from '../mirror-schedule.ts';
import { FOR_IMAGE, FORMATS } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

const COLUMNS = ['SCHEDULE TIME', 'IMAGE'].map((name) => column(name));
/** What the tool ends with after the manager has refused to answer it. */
const EBADMSG = 74;

export const mirrorSnapshotScheduleStatus = rbdCommand(
  {
    words: ['mirror', 'snapshot', 'schedule', 'status'],
    summary: 'Tell when mirror snapshots are made the next time.',
    description: 'The manager looks for images once a minute.',
    positionals: [],
    options: [...FOR_IMAGE, ...FORMATS],
  },
  function* (run) {
    refusePretty(run.args);
    const format = formatOf(run.args);
    const level = yield* askedLevel(run);
    const next = yield* nextMirrorSnapshots(run.process.cluster.records, run.rados, level);
    const rows = next.map(({ name, time }) => [time, name]);
    const nodes = next.map(({ name, time }) => nodeOf('image', { schedule_time: time, image: name }));
    const node = arrayNode('scheduled_images', nodes);
    yield* run.print(format === null ? textTable(COLUMNS, rows) : formattedText(node, format));
  },
);

/** The tool goes on to read what the manager answered, also where that is nothing. */
function* askedLevel(run: RbdRun): Task<MirrorScheduleLevel> {
  try {
    return yield* levelOf(run, 'status');
  } catch (error) {
    if (!(error instanceof RbdError)) throw error;
    throw new RbdError(`${error.message}\nrbd: invalid schedule status JSON received`, EBADMSG, '');
  }
}
