import { addTrashSchedule } from '../../../../engine/cluster/rbd-support/trash-schedules.ts';
import { rbdCommand } from '../command.ts';
import { IN_POOL } from '../options.ts';
import { changeSchedule, INTERVAL, missingInterval, START_TIME } from '../trash-schedule.ts';

export const trashPurgeScheduleAdd = rbdCommand(
  {
    words: ['trash', 'purge', 'schedule', 'add'],
    summary: 'Have the trash purged at intervals: of all pools, of one, or of a namespace.',
    positionals: [INTERVAL, START_TIME],
    options: IN_POOL,
  },
  function* (run) {
    if ((run.args.positionals[0] ?? '') === '') missingInterval();
    yield* changeSchedule(run, 'add', addTrashSchedule);
  },
);
