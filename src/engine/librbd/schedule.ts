import { CephError } from '../base/errno.ts';

/** When something is done again and again: every so many minutes, from a time of the day on. */
export interface ScheduleItem {
  readonly minutes: number;
  /** As `02:30:00`; null for midnight. */
  readonly startTime: string | null;
}

const DAY = 24 * 60;
const MINUTE_US = 60_000_000;

/** EINVAL for what is none. @ceph src/pybind/mgr/rbd_support/schedule.py Interval.from_string — exact */
export function parseInterval(text: string): number {
  const match = /^(\d{1,9})([dhm])?$/.exec(text);
  if (match === null) throw new CephError('EINVAL', `Invalid interval (${text})`);
  const unit = match[2] === 'd' ? DAY : match[2] === 'h' ? 60 : 1;
  return Number(match[1]) * unit;
}

/** @ceph src/pybind/mgr/rbd_support/schedule.py Interval.to_string — exact */
export function intervalText(minutes: number): string {
  if (minutes % DAY === 0) return `${minutes / DAY}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

const START_TIME = /^(\d{1,2})(?::(\d{2})(?::\d{2}(?:\.\d+)?)?)? ?(am|pm)?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * A time of the day with hour and minute, in UTC or with its distance from it: as `14:00`, `2pm`, `14:00+02:00`. EINVAL
 * for other forms.
 * @ceph src/pybind/mgr/rbd_support/schedule.py StartTime.from_string — exact for these forms
 */
export function parseStartTime(text: string): string {
  const refuse = (why: string) => new CephError('EINVAL', `Invalid start time ${text}: ${why}: ${text}`);
  const match = START_TIME.exec(text);
  const [, hours, minutes, half, zone = ''] = match ?? [];
  if (match === null || (minutes === undefined && half === undefined)) throw refuse('Unknown string format');
  const [hour, minute] = [hourOf(Number(hours), half), Number(minutes ?? 0)];
  if (hour > 23) throw refuse(`hour must be in 0..23, not ${hour}`);
  if (minute > 59) throw refuse(`minute must be in 0..59, not ${minute}`);
  const offset = zone.toUpperCase() === 'Z' ? '+00:00' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  return `${two(hour)}:${two(minute)}:00${offset}`;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Minutes after midnight, with a distance from UTC added to it, as the manager does it. */
export function startMinutes(startTime: string | null): number {
  const [, hour, minute, sign, hours, minutes] =
    /^(\d\d):(\d\d):00(?:([+-])(\d\d):(\d\d))?$/.exec(startTime ?? '') ?? [];
  const distance = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  return Number(hour ?? 0) * 60 + Number(minute ?? 0) + ((distance + DAY) % DAY);
}

export function sameItem(a: ScheduleItem, b: ScheduleItem): boolean {
  const isAtMidnight = a.startTime === null || b.startTime === null;
  const isSameStart = isAtMidnight
    ? a.startTime === b.startTime
    : startMinutes(a.startTime) === startMinutes(b.startTime);
  return a.minutes === b.minutes && isSameStart;
}

/** When it is the next time, since the Unix epoch. @ceph src/pybind/mgr/rbd_support/schedule.py next_run — exact */
export function nextRun_us(items: readonly ScheduleItem[], now_us: number): number {
  const times = items.map(({ minutes, startTime }) => {
    const start_us = startMinutes(startTime) * MINUTE_US;
    const period_us = Math.max(1, minutes) * MINUTE_US;
    return start_us + (Math.floor((now_us - start_us) / period_us) + 1) * period_us;
  });
  return Math.min(...times);
}

/** How schedules are stored. @ceph src/pybind/mgr/rbd_support/schedule.py Schedule.to_json — exact */
export function scheduleJson(items: readonly ScheduleItem[]): string {
  const plain = items.map(({ minutes, startTime }) => ({ interval: intervalText(minutes), start_time: startTime }));
  return JSON.stringify(plain, null, 4);
}

const INTERVAL = /"interval": "(\w+)",\s*"start_time": (?:null|"([\d:+-]+)")/g;

/** Reads what was stored so; what is no item is passed over. */
export function parseScheduleJson(text: string): ScheduleItem[] {
  return [...text.matchAll(INTERVAL)].map(([, interval = '', startTime]) => ({
    minutes: parseInterval(interval),
    startTime: startTime === undefined ? null : parseStartTime(startTime),
  }));
}
