import type { Task } from '../../../../engine/base/task.ts';
import {
  addTrashSchedule,
  removeTrashSchedule,
  trashSchedulesJson,
  trashStatusJson,
} from '../../../../engine/cluster/rbd-support/trash-schedules.ts';
import { argText, type CephCall, type CephCommand, cephCommand, requiredText } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { moduleAnswer } from './module-answer.ts';

const LEVEL = text('level_spec', "'' for all pools, POOL/ or POOL/NAMESPACE/");
const START = optional(text('start_time', 'from what time of the day on, as 14:00'));

const add = cephCommand({
  words: 'rbd trash purge schedule add',
  summary: 'have the trash purged at intervals',
  signature: [LEVEL, text('interval', 'such as 30m, 12h or 1d'), START],
  answer: (call) => moduleAnswer(changed(call, addTrashSchedule)),
});

const remove = cephCommand({
  words: 'rbd trash purge schedule remove',
  summary: 'take back one interval of purges, or all of a level',
  signature: [LEVEL, optional(text('interval')), START],
  answer: (call) => moduleAnswer(changed(call, removeTrashSchedule)),
});

function* changed(call: CephCall, change: typeof addTrashSchedule): Task<string> {
  const { cluster, args } = call;
  const times = { interval: argText(args, 'interval') ?? '', startTime: argText(args, 'start_time') ?? '' };
  yield* change(cluster.records, cluster.connect(), requiredText(args, 'level_spec'), times);
  cluster.startClientModules();
  return '';
}

const list = cephCommand({
  words: 'rbd trash purge schedule list',
  summary: 'when the trash is purged',
  signature: [optional(LEVEL)],
  answer: (call) => moduleAnswer(shown(call, trashSchedulesJson)),
});

const status = cephCommand({
  words: 'rbd trash purge schedule status',
  summary: 'when the trash is purged the next time',
  signature: [optional(LEVEL)],
  answer: (call) => moduleAnswer(shown(call, trashStatusJson)),
});

function shown({ cluster, args }: CephCall, json: typeof trashStatusJson): Task<string> {
  return json(cluster.records, cluster.connect(), argText(args, 'level_spec') ?? '');
}

export const trashScheduleCommands: readonly CephCommand[] = [add, remove, list, status];
