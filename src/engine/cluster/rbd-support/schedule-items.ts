import { members, type PythonMembers } from '../../base/python-json.ts';
import { showTime } from '../../codec/show.ts';
import {
  intervalText,
  nextRun_us,
  parseInterval,
  parseStartTime,
  type ScheduleItem,
  sameItem,
} from '../../librbd/schedule.ts';
import { asSet } from '../../librbd/schedule-order.ts';

/** When something comes: an interval as `30m` ('' for all of a level, where it is taken back), and a time of the day or ''. */
export interface AskedTimes {
  readonly interval: string;
  readonly startTime: string;
}

/** What becomes of the times of a level, in the order of Python's sets. */
export type ItemsChange = (items: readonly ScheduleItem[]) => readonly ScheduleItem[];

/** EINVAL in the words of the manager. @ceph src/pybind/mgr/rbd_support/schedule.py Schedule.add — exact */
export function withTimes({ interval, startTime }: AskedTimes): ItemsChange {
  const item = { minutes: parseInterval(interval), startTime: timeOfDay(startTime) };
  return (items) => asSet(items.some((each) => sameItem(each, item)) ? items : [...items, item]);
}

/** Without an interval all go. EINVAL. @ceph schedule.py Schedules.remove, Schedule.remove — exact */
export function withoutTimes({ interval, startTime }: AskedTimes): ItemsChange {
  const time = timeOfDay(startTime);
  if (interval === '') return () => [];
  const item = { minutes: parseInterval(interval), startTime: time };
  return (items) => asSet(items.filter((each) => !sameItem(each, item)));
}

function timeOfDay(startTime: string): string | null {
  return startTime === '' ? null : parseStartTime(startTime);
}

/** When the first of them comes next: as `2026-11-22 12:30:00`. */
export function nextRunText(items: readonly ScheduleItem[], now_us: number): string {
  return showTime(nextRun_us(items, now_us)).slice(0, 19).replace('T', ' ');
}

/** A level's schedule, as `list` tells it. */
export function scheduleMembers(name: string, items: readonly ScheduleItem[]): PythonMembers {
  const schedule = items.map(({ minutes, startTime }) =>
    members({ interval: intervalText(minutes), start_time: startTime }),
  );
  return members({ name, schedule });
}
