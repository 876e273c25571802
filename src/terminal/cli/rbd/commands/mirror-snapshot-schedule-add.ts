import { addMirrorSchedule } from '../../../../engine/cluster/rbd-support/mirror-schedules.ts';
import { rbdCommand } from '../command.ts';
import { changeMirrorSchedule } from '../mirror-schedule.ts';
import { FOR_IMAGE } from '../options.ts';
import { INTERVAL, missingInterval, START_TIME } from '../trash-schedule.ts';

export const mirrorSnapshotScheduleAdd = rbdCommand(
  {
    words: ['mirror', 'snapshot', 'schedule', 'add'],
    summary: 'Have mirror snapshots made at intervals: of all images, those of a pool or a namespace, or of one.',
    positionals: [INTERVAL, START_TIME],
    options: FOR_IMAGE,
  },
  function* (run) {
    if ((run.args.positionals[0] ?? '') === '') missingInterval();
    yield* changeMirrorSchedule(run, 'add', addMirrorSchedule);
  },
);
