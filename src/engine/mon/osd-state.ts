import { must } from '../base/assert.ts';
import type { OsdInfo, OsdMap } from '../osdmap/osd-map.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/** Weights and affinities are 16.16 fixed point. */
const ONE = 0x10000;

/**
 * `ceph osd out|in|down`: one epoch for all that change; the answer has a sentence for each OSD.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd down", "osd out", "osd in" — exact
 */
export function markOsds(monitor: Monitor, ids: readonly number[], what: 'out' | 'in' | 'down'): MonAnswer {
  monitor.received();
  const changed: number[] = [];
  const text = ids.map((id) => {
    const osd = monitor.map().osds[id];
    if (osd === undefined) return `osd.${id} does not exist. `;
    if (isAlready(osd, what)) return `osd.${id} is already ${what}. `;
    changed.push(id);
    return `marked ${what} osd.${id}. `;
  });
  if (changed.length > 0) {
    monitor.publish((map) => changeOsds(map, changed, (osd) => marked(osd, what, map.epoch + 1)), `osds ${what}`);
    monitor.noteChange(what === 'down' ? 'up' : 'in');
  }
  return done(text.join(''));
}

function isAlready(osd: OsdInfo, what: 'out' | 'in' | 'down'): boolean {
  if (what === 'down') return !osd.up;
  return what === 'out' ? osd.weight === 0 : osd.weight !== 0;
}

function marked(osd: OsdInfo, what: 'out' | 'in' | 'down', epoch: number): OsdInfo {
  if (what === 'down') return { ...osd, up: false, downAt: epoch };
  return { ...osd, weight: what === 'in' ? ONE : 0 };
}

/** A daemon stops or starts; the monitor hears of it at once. No request of a client. */
export function osdChanged(monitor: Monitor, id: number, up: boolean): void {
  const osd = must(monitor.map().osds[id], `osd.${id}`);
  if (osd.up === up) return;
  monitor.publish(
    (map) =>
      changeOsds(map, [id], (was) =>
        up
          ? { ...was, up, upFrom: map.epoch + 1, lastCleanBegin: was.upFrom, lastCleanEnd: was.downAt }
          : { ...was, up, downAt: map.epoch + 1 },
      ),
    `osd.${id} ${up ? 'up' : 'down'}`,
  );
  monitor.noteChange('up');
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

function changeOsds(map: OsdMap, ids: readonly number[], change: (osd: OsdInfo) => OsdInfo): OsdMap {
  const osds = map.osds.map((osd, id) => (osd !== undefined && ids.includes(id) ? change(osd) : osd));
  return { ...map, osds };
}
