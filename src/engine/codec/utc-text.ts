import { civilOfDays } from './calendar.ts';

/** `2026-11-22T11:41:26.123456+0000`, from microseconds since the Unix epoch: how a utime_t prints. */
export function utcText(at_us: number): string {
  const seconds = Math.floor(at_us / 1e6);
  const days = Math.floor(seconds / 86400);
  const { year, month, day } = civilOfDays(days);
  const ofDay = seconds - days * 86400;
  const clock = [ofDay / 3600, (ofDay / 60) % 60, ofDay % 60].map(two).join(':');
  const micros = String(Math.floor(at_us - seconds * 1e6)).padStart(6, '0');
  return `${year}-${two(month)}-${two(day)}T${clock}.${micros}+0000`;
}

function two(n: number): string {
  return String(Math.floor(n)).padStart(2, '0');
}
