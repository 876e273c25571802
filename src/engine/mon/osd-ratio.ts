import { streamText } from '../crush/text.ts';
import { done, type MonAnswer } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

export type Ratio = 'full' | 'backfillfull' | 'nearfull';

/**
 * From which part of its room on an OSD counts as that full, 0 to 1.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd set-full-ratio" and its like — exact
 */
export function setFullRatio(monitor: Monitor, which: Ratio, ratio: number): MonAnswer {
  monitor.received();
  const value = Math.fround(ratio);
  monitor.publish((map) => ({ ...map, [`${which}Ratio`]: value }), `${which} from ${streamText(value)} on`);
  return done(`osd set-${which}-ratio ${streamText(value)}`);
}
