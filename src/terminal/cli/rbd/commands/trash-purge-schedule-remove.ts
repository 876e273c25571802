import { removeTrashSchedule } from '../../../../engine/cluster/rbd-support/trash-schedules.ts';
import { rbdCommand } from '../command.ts';
import { IN_POOL } from '../options.ts';
import { changeSchedule, INTERVAL, START_TIME } from '../trash-schedule.ts';

export const trashPurgeScheduleRemove = rbdCommand(
  {
    words: ['trash', 'purge', 'schedule', 'remove'],
    aliases: [['trash', 'purge', 'schedule', 'rm']],
    summary: 'Take back one interval of purges, or all of a pool, a namespace, or of all pools.',
    positionals: [{ ...INTERVAL, bracketed: true }, START_TIME],
    options: IN_POOL,
  },
  function* (run) {
    yield* changeSchedule(run, 'remove', removeTrashSchedule);
  },
);
