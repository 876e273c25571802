import { ONE } from '../crush/fixed.ts';
import type { OsdInfo, OsdMap } from './osd-map.ts';

/** Bits of an OSD's state as placement sees it. */
export const OSD_EXISTS = 1;
export const OSD_UP = 2;
/** Its primary affinity is not the default. */
export const OSD_PARTIAL = 4;

const cache = new WeakMap<OsdMap['osds'], Uint8Array>();

/** By OSD id: the bits above. */
export function osdStates(map: OsdMap): Uint8Array {
  let states = cache.get(map.osds);
  if (states === undefined) {
    states = new Uint8Array(map.osds.length);
    for (let id = 0; id < states.length; id++) states[id] = stateOf(map.osds[id]);
    cache.set(map.osds, states);
  }
  return states;
}

function stateOf(osd: OsdInfo | undefined): number {
  if (osd === undefined) return 0;
  return OSD_EXISTS | (osd.up ? OSD_UP : 0) | (osd.primaryAffinity === ONE ? 0 : OSD_PARTIAL);
}
