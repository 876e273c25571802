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

/** A time of the day, as `HH:MM` with or without seconds; in UTC. EINVAL for other forms. */
export function parseStartTime(text: string): string {
  const match = /^(\d{1,2}):(\d{2})(?::\d{2})?(?:Z|\+00:?00)?$/.exec(text);
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || hour > 23 || minute > 59) {
    throw new CephError('EINVAL', `Invalid start time ${text}: Unknown string format: ${text}`);
  }
  return `${String(hour).padStart(2, '0')}:${match[2]}:00`;
}

export function sameItem(a: ScheduleItem, b: ScheduleItem): boolean {
  return a.minutes === b.minutes && a.startTime === b.startTime;
}

/** When it is the next time, since the Unix epoch. @ceph src/pybind/mgr/rbd_support/schedule.py next_run — exact */
export function nextRun_us(items: readonly ScheduleItem[], now_us: number): number {
  const times = items.map(({ minutes, startTime }) => {
    const [hour = 0, minute = 0] = (startTime ?? '').split(':').map(Number);
    const start_us = (hour * 60 + minute) * MINUTE_US;
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

const INTERVAL = /"interval": "(\w+)",\s*"start_time": (?:null|"([\d:]+)")/g;

/** Reads what was stored so; what is no item is passed over. */
export function parseScheduleJson(text: string): ScheduleItem[] {
  return [...text.matchAll(INTERVAL)].map(([, interval = '', startTime]) => ({
    minutes: parseInterval(interval),
    startTime: startTime === undefined ? null : parseStartTime(startTime),
  }));
}
