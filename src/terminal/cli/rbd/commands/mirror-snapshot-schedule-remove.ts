import { removeMirrorSchedule } from '../../../../engine/cluster/rbd-support/mirror-schedules.ts';
import { rbdCommand } from '../command.ts';
import { changeMirrorSchedule } from '../mirror-schedule.ts';
import { FOR_IMAGE } from '../options.ts';
import { INTERVAL, START_TIME } from '../trash-schedule.ts';

export const mirrorSnapshotScheduleRemove = rbdCommand(
  {
    words: ['mirror', 'snapshot', 'schedule', 'remove'],
    aliases: [['mirror', 'snapshot', 'schedule', 'rm']],
    summary: 'Take back one interval of mirror snapshots, or all of a level.',
    positionals: [{ ...INTERVAL, bracketed: true }, START_TIME],
    options: FOR_IMAGE,
  },
  (run) => changeMirrorSchedule(run, 'remove', removeMirrorSchedule),
);
