import { ONE } from '../../../engine/crush/fixed.ts';
import { minCompatClientOf } from '../../../engine/osdmap/compat.ts';
import { type MapExtra, NO_UUID, PLAIN_MAP, PLAIN_OSD } from '../../../engine/osdmap/extra.ts';
import type { OsdInfo, OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { OSD_STATE, stateNames } from '../../../engine/osdmap/osd-state.ts';
import { byPg } from '../../../engine/osdmap/pg-wire.ts';
import { byNumber } from '../../../engine/osdmap/wire.ts';
import { generalText } from '../format/fixed-text.ts';
import { addressesText, addressText } from './address-text.ts';
import { poolText } from './pool-text.ts';
import { flagText, timeText, timeText_us } from './texts.ts';

/** The map in words. @ceph src/osd/OSDMap.cc OSDMap::print — exact */
export function mapText(map: OsdMap): string {
  const extra = map.extra ?? PLAIN_MAP;
  const pools = byNumber(map.pools).map(([, pool]) => poolText(map, pool));
  const osds = map.osds.map((osd, id) => (osd === undefined ? '' : osdText(osd, id)));
  return [
    ...headLines(map, extra),
    '\n',
    ...pools,
    `\nmax_osd ${map.maxOsd}\n`,
    ...osds,
    '\n',
    ...placementLines(map),
    ...extra.blocklist.map(({ address, until }) => `blocklist ${addressText(address)} expires ${timeText(until)}\n`),
    ...extra.rangeBlocklist.map(
      ({ address, until }) => `range blocklist ${addressText(address)} expires ${timeText(until)}\n`,
    ),
  ].join('');
}

function headLines(map: OsdMap, extra: MapExtra): string[] {
  const line = (name: string, value: string | number, shown = true) => (shown ? [`${name} ${value}\n`] : []);
  const ratio = (value: number) => generalText(Math.fround(value), 6);
  const { stretch } = extra;
  return [
    `epoch ${map.epoch}\nfsid ${map.fsid}\n`,
    `created ${timeText_us(map.created_us)}\nmodified ${timeText_us(map.modified_us)}\n`,
    `flags ${flagText(map)}\ncrush_version ${map.crushVersion}\nfull_ratio ${ratio(map.fullRatio)}\n`,
    `backfillfull_ratio ${ratio(map.backfillfullRatio)}\nnearfull_ratio ${ratio(map.nearfullRatio)}\n`,
    ...line('require_min_compat_client', map.requireMinCompatClient, map.requireMinCompatClient !== 'unknown'),
    ...line('min_compat_client', minCompatClientOf(map)),
    ...line('require_osd_release', map.requireOsdRelease, map.requireOsdRelease !== 'unknown'),
    ...line('stretch_mode_enabled', String(stretch.enabled)),
    ...line('stretch_bucket_count', stretch.bucketCount, stretch.enabled),
    ...line('degraded_stretch_mode', stretch.degraded, stretch.enabled),
    ...line('recovering_stretch_mode', stretch.recovering, stretch.enabled),
    ...line('stretch_mode_bucket', stretch.bucket, stretch.enabled),
    ...line('cluster_snapshot', extra.clusterSnapshot, extra.clusterSnapshot !== ''),
    extra.allowCrimson ? 'allow_crimson=true\n' : '',
  ];
}

/** All state bits of an OSD that exists. */
export function stateBitsOf(osd: OsdInfo): number {
  const known = OSD_STATE.exists | (osd.up ? OSD_STATE.up : 0) | (osd.destroyed ? OSD_STATE.destroyed : 0);
  return known | (osd.extra ?? PLAIN_OSD).stateBits;
}

function osdText(osd: OsdInfo, id: number): string {
  const { addresses } = osd.extra ?? PLAIN_OSD;
  const affinity = osd.primaryAffinity === ONE ? '' : ` primary_affinity ${fixedFloat(osd.primaryAffinity)}`;
  const uuid = osd.uuid === NO_UUID || osd.uuid === '' ? '' : ` ${osd.uuid}`;
  return (
    `osd.${id} ${osd.up ? 'up  ' : 'down'} ${osd.weight > 0 ? 'in ' : 'out'} weight ${fixedFloat(osd.weight)}${affinity}` +
    ` up_from ${osd.upFrom} up_thru ${osd.upThru} down_at ${osd.downAt}` +
    ` last_clean_interval [${osd.lastCleanBegin},${osd.lastCleanEnd})${osd.lostAt > 0 ? ` lost_at ${osd.lostAt}` : ''}` +
    ` ${addressesText(addresses.public)} ${addressesText(addresses.cluster)} ${stateNames(stateBitsOf(osd)).join(',')}${uuid}\n`
  );
}

/** A 16.16 number as a 32-bit float is printed. */
export function fixedFloat(fixed: number): string {
  return generalText(Math.fround(fixed / ONE), 6);
}

function placementLines(map: OsdMap): string[] {
  return [
    ...byPg(map.pgUpmap).map(([pg, osds]) => `pg_upmap ${pg} [${osds}]\n`),
    ...byPg(map.pgUpmapItems).map(([pg, pairs]) => `pg_upmap_items ${pg} [${pairs}]\n`),
    ...byPg(map.pgUpmapPrimaries).map(([pg, osd]) => `pg_upmap_primary ${pg} ${osd}\n`),
    ...byPg(map.pgTemp).map(([pg, osds]) => `pg_temp ${pg} [${osds}]\n`),
    ...byPg(map.primaryTemp).map(([pg, osd]) => `primary_temp ${pg} ${osd}\n`),
  ];
}
