import type { UTime } from '../../../engine/osdmap/extra.ts';
import { MAP_FLAGS } from '../../../engine/osdmap/names.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { isoText } from '../format/dates.ts';

/** Before this a time is a number of seconds: ten years after 1970. */
const FIRST_DATE_S = 60 * 60 * 24 * 365 * 10;

/** A `utime_t`. @ceph src/include/utime.h operator<< — exact */
export function timeText({ seconds, nanos }: UTime): string {
  const micros = Math.floor(nanos / 1000);
  if (seconds < FIRST_DATE_S) return `${seconds}.${String(micros).padStart(6, '0')}`;
  return isoText(seconds * 1e6 + micros);
}

export function timeText_us(at_us: number): string {
  const seconds = Math.floor(at_us / 1e6);
  return timeText({ seconds, nanos: Math.floor(at_us - seconds * 1e6) * 1000 });
}

/** The flags that are printed, in order. @ceph src/osd/OSDMap.cc OSDMap::get_flag_string — exact */
const PRINTED_FLAGS: readonly string[] = [
  ...['pauserd', 'pausewr', 'pauserec', 'noup', 'nodown', 'noout', 'noin', 'nobackfill', 'norebalance', 'norecover'],
  ...['noscrub', 'nodeep-scrub', 'notieragent', 'nosnaptrim', 'sortbitwise', 'require_jewel_osds'],
  ...['require_kraken_osds', 'require_luminous_osds', 'recovery_deletes', 'purged_snapdirs', 'pglog_hardlimit'],
  'noautoscale',
];

export function flagText(map: OsdMap): string {
  return PRINTED_FLAGS.filter((flag) => map.flags.includes(flag)).join(',');
}

/** Flags by name; those that have none are an empty name. */
export function flagSet(map: OsdMap): string[] {
  const named = map.flags.filter((flag) => PRINTED_FLAGS.includes(flag)).sort();
  const unnamed = map.flags.some((flag) => MAP_FLAGS.includes(flag) && !PRINTED_FLAGS.includes(flag));
  return unnamed || (map.extra?.flagBits ?? 0) > 0 ? ['', ...named] : named;
}

/** The members of a set of 128 shards: `{0,3}`. */
export function shardsText(shards: Uint8Array): string {
  const members = Array.from({ length: shards.length * 8 }, (_, bit) => bit).filter(
    (bit) => ((shards[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0,
  );
  return `{${members.join(',')}}`;
}

/** `[1~2,5~1]`, in hexadecimal. */
export function intervalsText(set: readonly { off: number; len: number }[]): string {
  return `[${set.map(({ off, len }) => `${off.toString(16)}~${len.toString(16)}`).join(',')}]`;
}
