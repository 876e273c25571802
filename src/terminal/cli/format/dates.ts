/** Dates as Ceph prints them. All in UTC; times are microseconds since the Unix epoch. */

import { type CivilDate, civilOfDays } from '../../../engine/codec/calendar.ts';
import { utcText } from '../../../engine/codec/utc-text.ts';

interface Moment extends CivilDate {
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun Nov 22 11:41:26 2026`: ctime(3) without its newline. */
export function ctimeText(at_us: number): string {
  const t = momentOf(at_us);
  const day = String(t.day).padStart(2, ' ');
  return `${DAYS[t.weekday]} ${MONTHS[t.month - 1]} ${day} ${clock(t)} ${t.year}`;
}

/** `2026-11-22T11:41:26.123456+0000`: how a utime_t prints. */
export function isoText(at_us: number): string {
  return utcText(at_us);
}

/** `2026.11.22 11:42:28`: `rados lssnap`. */
export function dotTimeText(at_us: number): string {
  const t = momentOf(at_us);
  return `${dateOf(t, '.')} ${clock(t)}`;
}

/** A duration as `ceph -s` gives it: `20s`, `3m`, `2h`, `5d`, `3w`. */
export function ageText(duration_us: number): string {
  const seconds = Math.floor(duration_us / 1e6);
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 120 * 60) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
  if (seconds < 14 * 86400) return `${Math.floor(seconds / 86400)}d`;
  if (seconds < 12 * 7 * 86400) return `${Math.floor(seconds / (7 * 86400))}w`;
  return seconds < 2 * 365 * 86400
    ? `${Math.floor(seconds / (30 * 86400))}M`
    : `${Math.floor(seconds / (365 * 86400))}y`;
}

function clock(t: Moment): string {
  return [t.hour, t.minute, t.second].map((n) => String(n).padStart(2, '0')).join(':');
}

function dateOf(t: Moment, separator: string): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return [t.year, two(t.month), two(t.day)].join(separator);
}

function momentOf(at_us: number): Moment {
  const seconds = Math.floor(at_us / 1e6);
  const days = Math.floor(seconds / 86400);
  const ofDay = seconds - days * 86400;
  return {
    ...civilOfDays(days),
    weekday: (((days + 4) % 7) + 7) % 7,
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
    micros: Math.floor(at_us - seconds * 1e6),
  };
}
