import { CephError } from '../base/errno.ts';

const OLD_FORMAT = '%Y-%m-%d %H:%M:%S.%f';
/** Years, months, days, hours, minutes, seconds and parts of one, as `strptime` takes them. */
const MOMENT =
  /^(\d{4})-(1[0-2]|0[1-9]|[1-9])-(3[01]|[12]\d|0[1-9]|[1-9]| [1-9])[T ](2[0-3]|[01]\d|\d):([0-5]\d|\d):(6[01]|[0-5]\d|\d)\.(\d{1,6})/;

/**
 * A time as modules of the manager write it, in microseconds since the Unix epoch; all in UTC.
 *
 * @throws EINVAL with Python's words
 * @ceph src/pybind/mgr/crash/module.py time_from_string — exact: `T` or a blank before the clock, `Z` or nothing behind
 */
export function momentOf_us(text: string): number {
  const bare = text.replace(/Z+$/, '');
  const found = MOMENT.exec(bare);
  if (found === null) throw new CephError('EINVAL', `time data '${bare}' does not match format '${OLD_FORMAT}'`);
  const rest = bare.slice(found[0].length);
  if (rest !== '') throw new CephError('EINVAL', `unconverted data remains: ${rest}`);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const most = daysIn(year, month);
  if (day > most)
    throw new CephError('EINVAL', `day ${day} must be in range 1..${most} for month ${month} in year ${year}`);
  const seconds = (daysUpTo(year, month, day) * 24 + hour) * 3600 + minute * 60 + second;
  return seconds * 1e6 + Number((found[7] ?? '').padEnd(6, '0'));
}

function daysIn(year: number, month: number): number {
  return month === 12 ? 31 : daysUpTo(year, month + 1, 1) - daysUpTo(year, month, 1);
}

/** Days since 1970-01-01: eras of 400 years, years that begin in March. */
function daysUpTo(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
