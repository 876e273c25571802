import { type RecordStore, tableName } from '../base/records.ts';
import { configNumber } from '../mon/config/value.ts';
import { parentOf } from '../mon/crush-parent.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';

/** OSD processes that do not run, by OSD id: since when, in virtual microseconds. */
export const STOPPED = tableName<number>('osd-stopped');
/** Those of them whose machine is without power, in the same way: nothing refuses a connection there. */
export const POWERLESS = tableName<number>('osd-powerless');
/** OSDs that the network does not join to the monitor any more, in the same way. */
export const CUT_OFF = tableName<number>('osd-cut-off');

/** True where an OSD answers to clients, to the monitor and to its peers on their side. */
export function answers(records: RecordStore, osd: number): boolean {
  const key = String(osd);
  return !records.table(STOPPED).has(key) && !records.table(CUT_OFF).has(key);
}

/** True where no OSD is silent: what is asked before each request. */
export function allAnswer(records: RecordStore): boolean {
  return records.table(STOPPED).size === 0 && records.table(CUT_OFF).size === 0;
}

/** OSDs of these that the map has up, though they say nothing. */
export function silentOf(records: RecordStore, map: OsdMap, osds: Iterable<number>): number[] {
  if (allAnswer(records)) return [];
  return [...osds].filter((osd) => map.osds[osd]?.up === true && !answers(records, osd));
}

/** Hosts with an OSD that can tell the monitor that another one is silent. @ceph src/mon/OSDMonitor.cc check_failure, by mon_osd_reporter_subtree_level host */
export function reportingHosts(records: RecordStore, map: OsdMap): number {
  const hosts = new Set<number | undefined>();
  for (const [osd, info] of map.osds.entries()) {
    if (info?.up === true && answers(records, osd)) hosts.add(parentOf(map, osd));
  }
  return hosts.size;
}

/** Since when an OSD says nothing; undefined where it does. */
export function silentSince_us(records: RecordStore, osd: number): number | undefined {
  return records.table(STOPPED).get(String(osd)) ?? records.table(CUT_OFF).get(String(osd));
}

/** A primary may serve reads for so much of the heartbeats' grace without hearing of all that act. @ceph src/common/options/global.yaml.in osd_pool_default_read_lease_ratio */
const LEASE_RATIO = 0.8;

/**
 * When a primary began to hold reads back as well, since some of these say nothing; undefined where it still serves them.
 * @ceph src/osd/PrimaryLogPG.cc check_laggy — exact for a lease that was renewed as the OSD fell silent
 */
export function laggySince_us(records: RecordStore, silent: readonly number[], now_us: number): number | undefined {
  if (silent.length === 0) return undefined;
  const lease_us = configNumber(records, 'osd', 'osd_heartbeat_grace') * LEASE_RATIO * 1e6;
  const first_us = Math.min(...silent.map((osd) => silentSince_us(records, osd) ?? now_us));
  return first_us + lease_us <= now_us ? first_us + lease_us : undefined;
}
