import {
  addTrashSchedule,
  removeTrashSchedule,
  trashSchedulesJson,
  trashStatusJson,
} from '../../../../engine/cluster/rbd-support/trash-schedules.ts';
import { scheduleCommands } from './schedule-commands.ts';

export const trashScheduleCommands = scheduleCommands({
  words: 'rbd trash purge schedule',
  level: "'' for all pools, POOL/ or POOL/NAMESPACE/",
  summaries: {
    add: 'have the trash purged at intervals',
    remove: 'take back one interval of purges, or all of a level',
    list: 'when the trash is purged',
    status: 'when the trash is purged the next time',
  },
  add: addTrashSchedule,
  remove: removeTrashSchedule,
  list: trashSchedulesJson,
  status: trashStatusJson,
});
