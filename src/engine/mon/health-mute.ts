import { type RecordStore, tableName } from '../base/records.ts';
import type { HealthCheck } from './health-check.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/** A check that somebody does not want to hear of. */
export interface HealthMute {
  readonly code: string;
  /** Until when; null for good. */
  readonly until_us: number | null;
  /** Stays when the check is gone, or has grown worse. */
  readonly sticky: boolean;
  readonly summary: string;
  readonly count: number;
}

const MUTES = tableName<HealthMute>('health-mute');

/** Mutes that hold, by code: those of checks that are gone or have grown worse, and those that are over, are not. */
export function activeMutes(records: RecordStore, checks: readonly HealthCheck[], now_us: number): HealthMute[] {
  const byCode = new Map(checks.map((check) => [check.code, check]));
  const holds = ({ code, until_us, sticky, count }: HealthMute): boolean => {
    if (until_us !== null && until_us <= now_us) return false;
    return sticky || (byCode.get(code)?.count ?? Number.POSITIVE_INFINITY) <= count;
  };
  return [...records.table(MUTES).values()].filter(holds).sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Drops mutes that hold no more, for good. @ceph src/mon/HealthMonitor.cc check_mutes */
export function dropMutes(monitor: Monitor, checks: readonly HealthCheck[]): void {
  const { records } = monitor.context;
  const active = new Set(activeMutes(records, checks, monitor.context.now_us()).map(({ code }) => code));
  const table = records.table(MUTES);
  for (const code of [...table.keys()]) if (!active.has(code)) table.delete(code);
}

export function hasMutes(records: RecordStore): boolean {
  return records.table(MUTES).size > 0;
}

/** @ceph src/mon/HealthMonitor.cc prepare_command "health mute" — exact */
export function muteHealth(
  monitor: Monitor,
  checks: readonly HealthCheck[],
  wanted: { readonly code: string; readonly ttl: string | undefined; readonly sticky: boolean },
): MonAnswer {
  monitor.received();
  const { code, ttl, sticky } = wanted;
  const seconds = ttl === undefined ? undefined : secondsOf(ttl);
  if (typeof seconds === 'string') return refused('EINVAL', `invalid duration: ${ttl} (${seconds})`);
  const check = checks.find((each) => each.code === code);
  if (check === undefined && !sticky) return refused('ENOENT', `health alert ${code} is not currently raised`);
  const { now_us, records } = monitor.context;
  const until_us = seconds === undefined ? null : now_us() + seconds * 1_000_000;
  const [summary, count] = sticky || check === undefined ? ['', 0] : [check.summary, check.count];
  records.table(MUTES).set(code, { code, until_us, sticky, summary, count });
  return done('');
}

/** One mute, or all; what is not muted is no error. */
export function unmuteHealth(monitor: Monitor, code: string | undefined): MonAnswer {
  monitor.received();
  const table = monitor.context.records.table(MUTES);
  for (const each of [...table.keys()]) if (code === undefined || each === code) table.delete(each);
  return done('');
}

const UNITS: readonly (readonly [names: readonly string[], seconds: number])[] = [
  [['s', 'sec', 'secs', 'second', 'seconds'], 1],
  [['m', 'min', 'mins', 'minute', 'minutes'], 60],
  [['h', 'hr', 'hrs', 'hour', 'hours'], 3600],
  [['d', 'day', 'days'], 86_400],
  [['w', 'wk', 'wks', 'week', 'weeks'], 604_800],
  [['mo', 'month', 'months'], 2_592_000],
  [['y', 'yr', 'yrs', 'year', 'years'], 31_536_000],
];

/** Seconds of a time such as `90`, `1h30m`; or why it is none. @ceph src/include/timegm.h parse_timespan — exact */
function secondsOf(text: string): number | string {
  const parts = [...text.matchAll(/\s*(\d+)\s*([a-z]*)\s*/gy)];
  const length = parts.reduce((sum, [whole]) => sum + whole.length, 0);
  if (parts.length === 0 || length < text.length) return 'expected numeric value';
  let seconds = 0;
  for (const [, number, unit = ''] of parts) {
    const factor = unit === '' ? 1 : UNITS.find(([names]) => names.includes(unit))?.[1];
    // Ceph's own spelling.
    if (factor === undefined) return `unrecogized unit '${unit}'`;
    seconds += Number(number) * factor;
  }
  return seconds;
}
