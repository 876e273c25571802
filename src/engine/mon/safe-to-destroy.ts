import { ERRNO } from '../base/errno.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import type { MonAnswer } from './mon-answer.ts';
import type { PgStat } from './pg-stat.ts';

/** Which of some OSDs could be destroyed, and what is against the others. */
export interface Safety extends MonAnswer {
  readonly safe: readonly number[];
  /** PGs are on these. */
  readonly active: readonly number[];
  /** Nothing is known of these. */
  readonly unknown: readonly number[];
}

/** @ceph src/mgr/DaemonServer.cc "osd safe-to-destroy" — exact; what a stopped OSD still holds is not looked at */
export function safeToDestroy(map: OsdMap, pgs: readonly PgStat[], ids: readonly number[]): Safety {
  const clean = pgs.every(({ state }) => state.includes('active') && state.includes('clean'));
  const [safe, active, unknown]: [number[], number[], number[]] = [[], [], []];
  let affected = 0;
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const on = map.osds[id] === undefined ? 0 : pgs.filter((pg) => pg.up.includes(id) || pg.acting.includes(id)).length;
    affected += on;
    if (on > 0) active.push(id);
    else if (map.osds[id] !== undefined && !clean && map.osds[id]?.upFrom === 0) unknown.push(id);
    else safe.push(id);
  }
  const parts = [
    ...(safe.length > 0 ? [`OSD(s) ${safe} are safe to destroy without reducing data durability. `] : []),
    ...(active.length > 0 ? [`OSD(s) ${active} have ${affected} pgs currently mapped to them. `] : []),
    ...(unknown.length > 0
      ? [
          `OSD(s) ${unknown} have no reported stats, and not all PGs are active+clean; ` +
            'we cannot draw any conclusions. ',
        ]
      : []),
  ];
  const code = active.length > 0 ? ERRNO.EBUSY : unknown.length > 0 ? ERRNO.EAGAIN : 0;
  return { code, text: parts.join(''), safe, active, unknown };
}
