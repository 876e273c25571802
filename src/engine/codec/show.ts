/** Values in words, for the inspector. */

import { civilOfDays } from './calendar.ts';

/** Microseconds since the Unix epoch as `2026-11-22T11:55:12.505241+0000`, which is how Ceph writes times. */
export function showTime(at_us: number): string {
  if (at_us === 0) return '0.000000';
  const micros = String(Math.floor(at_us % 1e6)).padStart(6, '0');
  const { year, month, day } = civilOfDays(Math.floor(at_us / 86_400e6));
  const second = Math.floor(at_us / 1e6) % 86_400;
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(two).join(':');
  return `${year}-${two(month)}-${two(day)}T${clock}.${micros}+0000`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The names of the bits that are set, with the number: `61 (layering, exclusive-lock, …)`. */
export function showBits(names: readonly string[]): (bits: number) => string {
  return (bits) => {
    const set = names.filter((_, index) => Math.floor(bits / 2 ** index) % 2 === 1);
    return set.length === 0 ? String(bits) : `${bits} (${set.join(', ')})`;
  };
}

export function showHex32(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
