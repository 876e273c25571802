import { ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

const SECOND_US = 1e6;
const DAY_US = 86_400 * SECOND_US;

const UNITS_US: Readonly<Record<string, number>> = {
  second: SECOND_US,
  sec: SECOND_US,
  minute: 60 * SECOND_US,
  min: 60 * SECOND_US,
  hour: 3600 * SECOND_US,
  day: DAY_US,
  week: 7 * DAY_US,
  fortnight: 14 * DAY_US,
};

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?(?: ?(?:UTC|Z))?$/;
const RELATIVE = /^(?:now ?)?([+-]?) ?(\d{1,6}) ?([a-z]+?)s?( ago)?$/i;

/** The date that an option says; the real tool asks `date` for it, whose complaint stands before its own. */
export function* dateOption(run: RbdRun, text: string, now_us: number): Task<number> {
  const at_us = parseDate(text, now_us);
  if (at_us !== undefined) return at_us;
  yield* run.complain(`date: invalid date ‘${text}’\n`);
  throw new RbdError('error calling /bin/date: (22) Invalid argument', ERRNO.EINVAL);
}

/** The common ways to say a date to `date -d`, in UTC; undefined for what is none of them. */
export function parseDate(text: string, now_us: number): number | undefined {
  const trimmed = text.trim();
  if (trimmed === 'now' || trimmed === 'today') return now_us;
  if (trimmed === 'tomorrow') return now_us + DAY_US;
  if (trimmed === 'yesterday') return now_us - DAY_US;
  if (/^@\d{1,12}$/.test(trimmed)) return Number(trimmed.slice(1)) * SECOND_US;
  return absolute(trimmed) ?? relative(trimmed, now_us);
}

function absolute(text: string): number | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const fits =
    month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month) && hour < 24 && minute < 60 && second < 60;
  if (!fits) return undefined;
  return daysFromEpoch(year, month, day) * DAY_US + ((hour * 60 + minute) * 60 + second) * SECOND_US;
}

function relative(text: string, now_us: number): number | undefined {
  const match = RELATIVE.exec(text);
  const unit_us = UNITS_US[match?.[3]?.toLowerCase() ?? ''];
  if (match === null || unit_us === undefined) return undefined;
  const back = (match[1] === '-') !== (match[4] !== undefined);
  return now_us + (back ? -1 : 1) * Number(match[2]) * unit_us;
}

function daysOf(year: number, month: number): number {
  const next = month === 12 ? daysFromEpoch(year + 1, 1, 1) : daysFromEpoch(year, month + 1, 1);
  return next - daysFromEpoch(year, month, 1);
}

/** Days since 1970-01-01 of a date in the Gregorian calendar, whose years are taken to begin in March. */
function daysFromEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
}
