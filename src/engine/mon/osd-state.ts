import { PLAIN_OSD } from '../osdmap/extra.ts';
import type { OsdInfo, OsdMap } from '../osdmap/osd-map.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { osdIdsOf } from './osd-ids.ts';

/** Weights and affinities are 16.16 fixed point. */
const ONE = 0x10000;

type Mark = 'out' | 'in' | 'down';

/**
 * `ceph osd out|in|down`: one epoch for all that change; the answer has a sentence for each OSD, and for all at once
 * only for those that change. What is no OSD makes it EINVAL, though the others are marked. An OSD that is taken in
 * gets the weight back that it had when it was taken out.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd down", "osd out", "osd in" — exact
 */
export function markOsds(monitor: Monitor, words: readonly (string | number)[], what: Mark): MonAnswer {
  monitor.received();
  const changed: number[] = [];
  let [text, wrong] = ['', false];
  for (const { ids, problem, all } of osdIdsOf(monitor.map(), words.map(String))) {
    if (problem !== undefined) [text, wrong] = [`${text}${problem}invalid osd id-1`, true];
    for (const id of ids) {
      const osd = monitor.map().osds[id];
      if (osd === undefined) text += `osd.${id} does not exist. `;
      else if (!isAlready(osd, what)) {
        changed.push(id);
        text += `marked ${what} osd.${id}. `;
      } else if (!all) text += `osd.${id} is already ${what}. `;
    }
  }
  if (changed.length > 0) {
    monitor.publish((map) => changeOsds(map, changed, (osd) => marked(osd, what, map.epoch + 1)), `osds ${what}`);
    monitor.noteChange(what === 'down' ? 'up' : 'in');
  }
  return wrong ? refused('EINVAL', text) : done(text);
}

function isAlready(osd: OsdInfo, what: Mark): boolean {
  if (what === 'down') return !osd.up;
  return what === 'out' ? osd.weight === 0 : osd.weight !== 0;
}

function marked(osd: OsdInfo, what: Mark, epoch: number): OsdInfo {
  if (what === 'down') return { ...osd, up: false, downAt: epoch };
  const extra = osd.extra ?? PLAIN_OSD;
  if (what === 'out') return { ...osd, weight: 0, extra: { ...extra, oldWeight: osd.weight } };
  const weight = extra.oldWeight > 0 ? extra.oldWeight : ONE;
  return osd.extra === undefined ? { ...osd, weight } : { ...osd, weight, extra: { ...extra, oldWeight: 0 } };
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd reweight" — exact */
export function reweightOsd(monitor: Monitor, id: number, weight: number, given: string): MonAnswer {
  monitor.received();
  if (monitor.map().osds[id] === undefined) return refused('ENOENT', `osd.${id} does not exist`);
  const fixed = Math.trunc(weight * ONE);
  monitor.publish((map) => changeOsds(map, [id], (osd) => ({ ...osd, weight: fixed })), `osd.${id} reweighted`);
  return done(`reweighted osd.${id} to ${given} (${fixed.toString(16)})`);
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd primary-affinity" — exact */
export function setPrimaryAffinity(monitor: Monitor, id: number, weight: number, given: string): MonAnswer {
  monitor.received();
  if (monitor.map().osds[id] === undefined) return refused('ENOENT', `osd.${id} does not exist`);
  const fixed = Math.trunc(weight * ONE);
  monitor.publish(
    (map) => changeOsds(map, [id], (osd) => ({ ...osd, primaryAffinity: fixed })),
    `osd.${id} primary affinity`,
  );
  return done(`set osd.${id} primary-affinity to ${given} (${affinityText(fixed)})`);
}

/** Ceph puts the stream flags for hexadecimal (8) and decimal (2) as numbers around the decimal weight. */
function affinityText(fixed: number): string {
  return `8${fixed}2`;
}

/** The map with some of its OSDs changed. */
export function changeOsds(map: OsdMap, ids: readonly number[], change: (osd: OsdInfo, id: number) => OsdInfo): OsdMap {
  const osds = map.osds.map((osd, id) => (osd !== undefined && ids.includes(id) ? change(osd, id) : osd));
  return { ...map, osds };
}
