import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/** Cluster flags with their bits, in the order in which Ceph prints them. */
export const MAP_FLAGS = {
  nearfull: 1 << 0,
  full: 1 << 1,
  pauserd: 1 << 2,
  pausewr: 1 << 3,
  pauserec: 1 << 4,
  noup: 1 << 5,
  nodown: 1 << 6,
  noout: 1 << 7,
  noin: 1 << 8,
  nobackfill: 1 << 9,
  norebalance: 1 << 14,
  norecover: 1 << 10,
  noscrub: 1 << 11,
  'nodeep-scrub': 1 << 12,
  notieragent: 1 << 13,
  nosnaptrim: 1 << 21,
  sortbitwise: 1 << 15,
  recovery_deletes: 1 << 19,
  purged_snapdirs: 1 << 20,
  pglog_hardlimit: 1 << 22,
  noautoscale: 1 << 23,
} as const;

const ORDER = Object.keys(MAP_FLAGS);

/** Flags that are always on and that nobody is warned about. */
export const QUIET_FLAGS: readonly string[] = ['sortbitwise', 'recovery_deletes', 'purged_snapdirs', 'pglog_hardlimit'];

/** The flags of that key of `ceph osd set`: `pause` stands for two. */
function flagsOf(key: string): readonly string[] {
  return key === 'pause' ? ['pauserd', 'pausewr'] : [key];
}

/** @ceph src/mon/OSDMonitor.cc prepare_set_flag, prepare_unset_flag — exact */
export function setFlag(monitor: Monitor, key: string, on: boolean): MonAnswer {
  monitor.received();
  if (key === 'full') return refused('EINVAL', "unrecognized flag 'full'");
  const changed = flagsOf(key);
  monitor.publish(
    (map) => {
      const flags = map.flags.filter((flag) => !changed.includes(flag));
      if (on) flags.push(...changed);
      flags.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
      return { ...map, flags };
    },
    `${changed.join(',')} ${on ? 'set' : 'unset'}`,
  );
  return done(`${changed.join(',')} is ${on ? 'set' : 'unset'}`);
}
