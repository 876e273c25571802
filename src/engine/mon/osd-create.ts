import { newOsd } from '../osdmap/build.ts';
import { PLAIN_OSD } from '../osdmap/extra.ts';
import type { OsdInfo, OsdMap } from '../osdmap/osd-map.ts';
import { OSD_STATE } from '../osdmap/osd-state.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/** The id that an OSD got, or why it got none. */
export interface NewOsdAnswer extends MonAnswer {
  readonly id?: number;
}

/** More ids than any cluster has. */
const MAX_OSD_ID = 100_000;

/** An OSD that there is in the map, and nowhere else. */
function bareOsd(id: number, uuid: string): OsdInfo {
  return { ...newOsd(id, 0), uuid, up: false, extra: { ...PLAIN_OSD, stateBits: OSD_STATE.new } };
}

function withOsd(map: OsdMap, id: number, osd: OsdInfo | undefined): OsdMap {
  const maxOsd = Math.max(map.maxOsd, id + 1);
  const osds = Array.from({ length: maxOsd }, (_, at) => (at === id ? osd : map.osds[at]));
  return { ...map, maxOsd, osds };
}

function firstFree(map: OsdMap): number {
  let id = 0;
  while (map.osds[id] !== undefined) id++;
  return id;
}

function idOfUuid(map: OsdMap, uuid: string | undefined): number | undefined {
  const id = uuid === undefined ? -1 : map.osds.findIndex((osd) => osd?.uuid === uuid);
  return id < 0 ? undefined : id;
}

/**
 * `ceph osd create`: an id for an OSD, the first free one unless a uuid comes with another.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd create", prepare_command_osd_create — but for the words where an id is taken
 */
export function createOsd(monitor: Monitor, uuid: string | undefined, wanted: number | undefined): NewOsdAnswer {
  monitor.received();
  const map = monitor.map();
  const known = idOfUuid(map, uuid);
  if (known !== undefined) {
    if (wanted === undefined || wanted === known) return { ...done(''), id: known };
    return refused('EEXIST', `uuid ${uuid} already in use for different id ${known}`);
  }
  const id = (uuid === undefined ? undefined : wanted) ?? firstFree(map);
  if (map.osds[id] !== undefined) return refused('EINVAL', `id ${id} already in use and does not match uuid ${uuid}`);
  if (id > MAX_OSD_ID) return refused('ERANGE', `osd.${id} is out of range`);
  monitor.publish((next) => withOsd(next, id, bareOsd(id, uuid ?? '')), `osd.${id} created`);
  return { ...done(''), id };
}

/**
 * `ceph osd new`: as {@link createOsd}, and a destroyed OSD's id can be taken again.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_osd_new, validate_osd_create — without secrets
 */
export function newOsdOf(monitor: Monitor, uuid: string, wanted: number | undefined): NewOsdAnswer {
  const map = monitor.map();
  const old = wanted === undefined ? undefined : map.osds[wanted];
  if (wanted === undefined || old === undefined || idOfUuid(map, uuid) !== undefined) {
    return createOsd(monitor, uuid, wanted);
  }
  monitor.received();
  if (!old.destroyed) return refused('EINVAL', `id ${wanted} already in use and does not match uuid ${uuid}`);
  monitor.publish(
    (next) =>
      withOsd(next, wanted, { ...old, uuid, destroyed: false, extra: { ...PLAIN_OSD, stateBits: OSD_STATE.new } }),
    `osd.${wanted} made anew`,
  );
  return { ...done(''), id: wanted };
}

/**
 * Says how many ids there may be. EBUSY where one beyond is in use.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd setmaxosd" — exact
 */
export function setMaxOsd(monitor: Monitor, count: number): MonAnswer {
  monitor.received();
  const map = monitor.map();
  const used = map.osds.findIndex((osd, id) => id >= count && osd !== undefined);
  if (used >= 0)
    return refused('EBUSY', `cannot shrink max_osd to ${count} because osd.${used} (and possibly others) still in use`);
  if (count > MAX_OSD_ID) return refused('EINVAL', `max_osd ${count} is out of range`);
  const osds = Array.from({ length: count }, (_, id) => map.osds[id]);
  monitor.publish((next) => ({ ...next, maxOsd: count, osds }), `max_osd ${count}`);
  return done(`set new max_osd = ${count}`);
}
