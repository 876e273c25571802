import {
  addMirrorSchedule,
  mirrorSchedulesJson,
  mirrorStatusJson,
  removeMirrorSchedule,
} from '../../../../engine/cluster/rbd-support/mirror-schedules.ts';
import { scheduleCommands } from './schedule-commands.ts';

export const mirrorScheduleCommands = scheduleCommands({
  words: 'rbd mirror snapshot schedule',
  level: "'' for all pools, POOL/, POOL/NAMESPACE/ or POOL/[NAMESPACE/]IMAGE",
  summaries: {
    add: 'have mirror snapshots made at intervals',
    remove: 'take back one interval of mirror snapshots, or all of a level',
    list: 'when mirror snapshots are made',
    status: 'when mirror snapshots are made the next time',
  },
  add: addMirrorSchedule,
  remove: removeMirrorSchedule,
  list: mirrorSchedulesJson,
  status: mirrorStatusJson,
});
