import { parseInterval, parseStartTime, sameItem } from '../../../../engine/librbd/schedule.ts';
import { rbdCommand } from '../command.ts';
import { IN_POOL } from '../options.ts';
import { asManager, changeSchedule, INTERVAL, missingInterval, START_TIME } from '../trash-schedule.ts';

export const trashPurgeScheduleAdd = rbdCommand(
  {
    words: ['trash', 'purge', 'schedule', 'add'],
    summary: 'Have the trash purged at intervals: of all pools, of one, or of a namespace.',
    positionals: [INTERVAL, START_TIME],
    options: IN_POOL,
  },
  function* (run) {
    const [interval = '', startTime = ''] = run.specs.rest();
    if (interval === '') missingInterval();
    yield* asManager(
      'add',
      changeSchedule(run, (items) => {
        const item = {
          minutes: parseInterval(interval),
          startTime: startTime === '' ? null : parseStartTime(startTime),
        };
        return items.some((other) => sameItem(other, item)) ? items : [...items, item];
      }),
    );
  },
);
