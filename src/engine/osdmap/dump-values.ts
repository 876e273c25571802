import type { IntervalSet } from '../base/interval-set.ts';
import type { JsonValue } from '../codec/json-value.ts';

/** `2026-11-22T11:52:14.896464+0000`, or with a blank and no zone as older releases have it. */
const TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?/;

/** A moment in microseconds since the Unix epoch; 0 where there is none. */
export function readTime_us(value: JsonValue | undefined): number {
  const match = TIME.exec(value?.text() ?? '');
  if (match === null) return 0;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const micros = Number((match[7] ?? '').padEnd(6, '0'));
  return (((daysBefore(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1e6 + micros;
}

/** Days from 1970 to a date. Years begin in March here, so that the day of a leap year comes last. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

/** Intervals as objects of `begin` and `length`, or as text: `[1~2,5~1]` with hexadecimal numbers. */
export function readIntervals(value: JsonValue): IntervalSet {
  const most = Number.MAX_SAFE_INTEGER;
  if (value.isList) {
    return value.list().map((each) => ({ off: each.at('begin').int(0, most), len: each.at('length').int(0, most) }));
  }
  const found = value.text().matchAll(/([0-9a-f]{1,13})~([0-9a-f]{1,13})/g);
  return [...found].map(([, off = '', len = '']) => ({ off: Number.parseInt(off, 16), len: Number.parseInt(len, 16) }));
}
