import { must } from '../base/assert.ts';
import type { RecordStore } from '../base/records.ts';
import { PLAIN_MAP, PLAIN_OSD } from '../osdmap/extra.ts';
import type { OsdInfo, OsdMap } from '../osdmap/osd-map.ts';
import { OSD_STATE } from '../osdmap/osd-state.ts';
import { configNumber, configValue } from './config/value.ts';
import { parentOf } from './crush-parent.ts';
import { osdsWithin } from './down-buckets.ts';
import type { Monitor } from './monitor.ts';
import { changeOsds } from './osd-state.ts';

/** A flag that keeps the monitor from changing an OSD by itself. */
export type OsdFlag = 'noup' | 'nodown' | 'noin' | 'noout';

/** An OSD's process joins the cluster. One that the monitor had marked out by itself is in again, as it was. */
export function osdBooted(monitor: Monitor, id: number): void {
  const change = (was: OsdInfo, epoch: number): OsdInfo => ({
    ...backIn(notStopped(was)),
    up: true,
    upFrom: epoch,
    lastCleanBegin: was.upFrom,
    lastCleanEnd: was.downAt,
  });
  changeOsd(monitor, id, change, `osd.${id} up`);
  monitor.noteChange('up');
}

function notStopped(was: OsdInfo): OsdInfo {
  const { extra } = was;
  if (extra === undefined || (extra.stateBits & OSD_STATE.stop) === 0) return was;
  return { ...was, extra: { ...extra, stateBits: extra.stateBits & ~OSD_STATE.stop } };
}

/** @ceph src/mon/OSDMonitor.cc prepare_boot — exact: mon_osd_auto_mark_auto_out_in */
function backIn(was: OsdInfo): OsdInfo {
  const { extra } = was;
  if (extra === undefined || (extra.stateBits & OSD_STATE.autoout) === 0) return was;
  const stateBits = extra.stateBits & ~OSD_STATE.autoout;
  return {
    ...was,
    weight: was.weight === 0 ? extra.oldWeight : was.weight,
    extra: { ...extra, stateBits, oldWeight: 0 },
  };
}

/** An OSD's process is gone, by its own word or by its peers'. */
export function osdFailed(monitor: Monitor, id: number): void {
  changeOsd(monitor, id, (was, epoch) => ({ ...was, up: false, downAt: epoch }), `osd.${id} down`);
  monitor.noteChange('up');
}

/** Marks out an OSD that has been down for long. @ceph src/mon/OSDMonitor.cc OSDMonitor::tick — exact */
export function autoOut(monitor: Monitor, id: number): void {
  const change = (was: OsdInfo): OsdInfo => {
    const extra = was.extra ?? PLAIN_OSD;
    return {
      ...was,
      weight: 0,
      extra: { ...extra, oldWeight: was.weight, stateBits: extra.stateBits | OSD_STATE.autoout },
    };
  };
  changeOsd(monitor, id, change, `osd.${id} out`);
  monitor.noteChange('in');
}

function changeOsd(monitor: Monitor, id: number, change: (was: OsdInfo, epoch: number) => OsdInfo, text: string): void {
  must(monitor.map().osds[id], `osd.${id}`);
  monitor.publish((map) => changeOsds(map, [id], (was) => change(was, map.epoch + 1)), text);
}

/**
 * True where the monitor may mark a down OSD out: nothing forbids it, enough OSDs stay in, and it is not a whole rack that
 * is down.
 */
export function canAutoOut(map: OsdMap, id: number, records: RecordStore): boolean {
  return mayMarkOut(map, id, records) && !isLargePartDown(map, id, records);
}

/** @ceph src/mon/OSDMonitor.cc can_mark_out — exact */
function mayMarkOut(map: OsdMap, id: number, records: RecordStore): boolean {
  const existing = map.osds.filter((osd) => osd !== undefined);
  const inCount = existing.filter(({ weight }) => weight > 0).length;
  const least = configNumber(records, 'mon', 'mon_osd_min_in_ratio');
  return !isOsdFlagSet(map, id, 'noout') && inCount / existing.length >= least;
}

/**
 * True where all is down below the bucket around an OSD that is as large as mon_osd_down_out_subtree_limit says.
 * @ceph src/osd/OSDMap.cc containing_subtree_is_down — exact
 */
export function isLargePartDown(map: OsdMap, id: number, records: RecordStore): boolean {
  const name = configValue(records, 'mon', 'mon_osd_down_out_subtree_limit');
  const limit = [...map.crush.types].find(([, type]) => type === name)?.[0] ?? 0;
  if (limit === 0) return false;
  for (let at = parentOf(map, id); at !== undefined; at = parentOf(map, at)) {
    const bucket = map.crush.buckets.get(at);
    if (bucket === undefined || osdsWithin(map, bucket).some((osd) => map.osds[osd]?.up === true)) return false;
    if (bucket.type >= limit) return true;
  }
  return false;
}

/** True where a flag holds for an OSD: for all, or for it, its class, or a bucket above it. */
export function isOsdFlagSet(map: OsdMap, id: number, flag: OsdFlag): boolean {
  if (map.flags.includes(flag)) return true;
  const bit = OSD_STATE[flag];
  const { crushNodeFlags, deviceClassFlags } = map.extra ?? PLAIN_MAP;
  if (((map.osds[id]?.extra?.stateBits ?? 0) & bit) !== 0) return true;
  if (((deviceClassFlags.get(map.crush.deviceClasses.get(id) ?? -1) ?? 0) & bit) !== 0) return true;
  for (let at: number | undefined = id; at !== undefined; at = parentOf(map, at)) {
    if (((crushNodeFlags.get(at) ?? 0) & bit) !== 0) return true;
  }
  return false;
}
