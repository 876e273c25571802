import { PLAIN_OSD } from '../osdmap/extra.ts';
import { OSD_STATE } from '../osdmap/osd-state.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { osdIdsOf } from './osd-ids.ts';
import { changeOsds } from './osd-state.ts';

/** The answer, and the daemons that are to end as they see the new map. */
export interface StopAnswer {
  readonly answer: MonAnswer;
  readonly stopped: readonly number[];
}

/**
 * Calls OSDs down and marks them as to be stopped, in one epoch.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd stop" — exact but for an OSD that is down, which this does not call up
 */
export function stopOsds(monitor: Monitor, words: readonly string[]): StopAnswer {
  monitor.received();
  const stopped: number[] = [];
  let [text, wrong] = ['', false];
  for (const { ids, problem } of osdIdsOf(monitor.map(), words)) {
    if (problem !== undefined) [text, wrong] = [`${text}${problem}invalid osd id-1`, true];
    for (const id of ids) {
      const osd = monitor.map().osds[id];
      if (osd === undefined) text += `osd.${id} does not exist. `;
      else if (((osd.extra?.stateBits ?? 0) & OSD_STATE.stop) !== 0) text += `osd.${id} is already stopped. `;
      else {
        stopped.push(id);
        text += `stop osd.${id}. `;
      }
    }
  }
  if (stopped.length > 0) publish(monitor, stopped);
  return { answer: wrong ? refused('EINVAL', text) : done(text), stopped };
}

function publish(monitor: Monitor, ids: readonly number[]): void {
  monitor.publish(
    (map) =>
      changeOsds(map, ids, (osd) => {
        const extra = osd.extra ?? PLAIN_OSD;
        const downAt = osd.up ? map.epoch + 1 : osd.downAt;
        return { ...osd, up: false, downAt, extra: { ...extra, stateBits: extra.stateBits | OSD_STATE.stop } };
      }),
    'osds stopped',
  );
  monitor.noteChange('up');
}
