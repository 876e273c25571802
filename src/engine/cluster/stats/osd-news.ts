import { configNumber } from '../../mon/config/value.ts';
import type { Monitor } from '../../mon/monitor.ts';
import type { OsdNews } from '../../mon/osd-log.ts';
import { DOWN_SINCE } from '../osd-daemons.ts';
import { answers, CUT_OFF, POWERLESS, reportingHosts, STOPPED, silentSince_us } from '../osd-reach.ts';
import { osdAddresses } from './osd-address.ts';

/** What the monitor hears of OSDs beside the map. */
export function osdNews(monitor: Monitor): OsdNews {
  const { records, now_us } = monitor.context;
  return {
    isAlive: (osd) => answers(records, osd),
    // It ends in the moment in which it says so.
    saidGoodbye: (osd) => records.table(STOPPED).get(String(osd)) === now_us(),
    downSince_us: (osd) => records.table(DOWN_SINCE).get(String(osd)),
    addresses: (osd) => osdAddresses(osd),
    howFailed: (osd, location) => howFailed(monitor, osd, location),
  };
}

/** @ceph src/mon/OSDMonitor.cc prepare_failure, check_failure, handle_osd_timeouts — exact texts */
function howFailed(monitor: Monitor, osd: number, location: string): string {
  const { records, now_us } = monitor.context;
  const since_us = silentSince_us(records, osd) ?? now_us();
  const seconds = (now_us() - since_us) / 1e6;
  const isRefused = !records.table(CUT_OFF).has(String(osd)) && !records.table(POWERLESS).has(String(osd));
  if (isRefused) return ` failed${location} (connection refused reported by osd.${peerOf(monitor, osd)})`;
  const hosts = reportingHosts(records, monitor.map());
  if (hosts < configNumber(records, 'mon', 'mon_osd_min_down_reporters'))
    return ` marked down after no beacon for ${seconds.toFixed(6)} seconds`;
  const grace = configNumber(records, 'osd', 'osd_heartbeat_grace').toFixed(6);
  return ` failed${location} (${hosts} reporters from different host after ${seconds.toFixed(6)} >= grace ${grace})`;
}

/** The first OSD that can tell. */
function peerOf(monitor: Monitor, osd: number): number {
  const { records } = monitor.context;
  return monitor.map().osds.findIndex((other, id) => id !== osd && other?.up === true && answers(records, id));
}
