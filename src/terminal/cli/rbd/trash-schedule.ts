import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import {
  type LevelSchedule,
  levelId,
  parseLevel,
  readTrashSchedules,
  type ScheduleLevel,
  writeTrashSchedule,
} from '../../../engine/librbd/operation/trash-schedule.ts';
import { type ScheduleItem, scheduleJson } from '../../../engine/librbd/schedule.ts';
import { globalTrashSchedule, setGlobalTrashSchedule, trashScheduleChanged } from '../../../engine/mon/rbd-support.ts';
import { optionValue, type PositionalRecord } from '../command.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

export const INTERVAL: PositionalRecord = {
  name: 'interval',
  type: 'string',
  summary: 'Such as 30m, 12h or 1d',
  optional: true,
};
export const START_TIME: PositionalRecord = {
  name: 'start-time',
  type: 'string',
  summary: 'From what time of the day on, as 14:00',
  optional: true,
  bracketed: true,
};

/** The level that the options name, as the manager reads it. @ceph src/tools/rbd/Schedule.cc get_level_spec_args — exact */
export function levelSpec(run: RbdRun): string {
  const pool = optionValue(run.args, 'pool');
  const nspace = optionValue(run.args, 'namespace');
  if (pool === undefined && nspace === undefined) return '';
  return `${pool === undefined || pool === '' ? run.defaultPool : pool}/${nspace === undefined ? '' : `${nspace}/`}`;
}

/** Runs what the manager does for `rbd trash purge schedule WHAT`, and words its refusals. */
export function* asManager<T>(what: string, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const reason = error.context === '' ? '' : `: ${error.context}`;
    throw new RbdError(`rbd trash purge schedule ${what} failed: ${cppStrerror(error.errno)}${reason}`, error.errno);
  }
}

export function* schedulesNow(run: RbdRun): Task<Map<string, LevelSchedule>> {
  return yield* readTrashSchedules(run.rados, globalTrashSchedule(run.process.cluster.records));
}

/** Changes the schedule of one level, and lets the manager know. */
export function* changeSchedule(
  run: RbdRun,
  change: (items: readonly ScheduleItem[]) => readonly ScheduleItem[],
): Task<void> {
  const { cluster } = run.process;
  const level = yield* parseLevel(run.rados, levelSpec(run));
  const before = (yield* schedulesNow(run)).get(levelId(level))?.items ?? [];
  yield* save(run, level, change(before));
  trashScheduleChanged(cluster.records);
  cluster.startClientModules();
}

function* save(run: RbdRun, level: ScheduleLevel, items: readonly ScheduleItem[]): Task<void> {
  if (level.pool !== null) {
    yield* writeTrashSchedule(run.rados, level, items);
    return;
  }
  const { cluster } = run.process;
  setGlobalTrashSchedule(cluster.records, items.length === 0 ? null : scheduleJson(items), cluster.now_us());
}

/** A schedule in words. */
export function scheduleText(items: readonly { readonly interval: string; readonly start_time: string }[]): string {
  return items
    .map(({ interval, start_time }) => `every ${interval}${start_time === '' ? '' : ` starting at ${start_time}`}`)
    .join(', ');
}

export function missingInterval(): never {
  throw new RbdError("missing 'interval' argument", ERRNO.EINVAL);
}
