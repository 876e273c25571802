import type { Task } from '../../../../engine/base/task.ts';
import {
  addMirrorSchedule,
  mirrorSchedulesJson,
  mirrorStatusJson,
  removeMirrorSchedule,
} from '../../../../engine/cluster/rbd-support/mirror-schedules.ts';
import { argText, type CephCall, type CephCommand, cephCommand, requiredText } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { moduleAnswer } from './module-answer.ts';

const LEVEL = text('level_spec', "'' for all pools, POOL/, POOL/NAMESPACE/ or POOL/[NAMESPACE/]IMAGE");
const START = optional(text('start_time', 'from what time of the day on, as 14:00'));

const add = cephCommand({
  words: 'rbd mirror snapshot schedule add',
  summary: 'have mirror snapshots made at intervals',
  signature: [LEVEL, text('interval', 'such as 30m, 12h or 1d'), START],
  answer: (call) => moduleAnswer(changed(call, addMirrorSchedule)),
});

const remove = cephCommand({
  words: 'rbd mirror snapshot schedule remove',
  summary: 'take back one interval of mirror snapshots, or all of a level',
  signature: [LEVEL, optional(text('interval')), START],
  answer: (call) => moduleAnswer(changed(call, removeMirrorSchedule)),
});

function* changed(call: CephCall, change: typeof addMirrorSchedule): Task<string> {
  const { cluster, args } = call;
  const times = { interval: argText(args, 'interval') ?? '', startTime: argText(args, 'start_time') ?? '' };
  yield* change(cluster.records, cluster.connect(), requiredText(args, 'level_spec'), times);
  cluster.startClientModules();
  return '';
}

const list = cephCommand({
  words: 'rbd mirror snapshot schedule list',
  summary: 'when mirror snapshots are made',
  signature: [optional(LEVEL)],
  answer: (call) => moduleAnswer(shown(call, mirrorSchedulesJson)),
});

const status = cephCommand({
  words: 'rbd mirror snapshot schedule status',
  summary: 'when mirror snapshots are made the next time',
  signature: [optional(LEVEL)],
  answer: (call) => moduleAnswer(shown(call, mirrorStatusJson)),
});

function shown({ cluster, args }: CephCall, json: typeof mirrorStatusJson): Task<string> {
  return json(cluster.records, cluster.connect(), argText(args, 'level_spec') ?? '');
}

export const mirrorScheduleCommands: readonly CephCommand[] = [add, remove, list, status];
