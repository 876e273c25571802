import type { OsdInfo, OsdMap } from '../osdmap/osd-map.ts';
import { OSD_STATE } from '../osdmap/osd-state.ts';
import { logToCluster } from './cluster-log.ts';
import { osdLocation } from './health-osds.ts';
import type { Monitor } from './monitor.ts';

/** What is known of an OSD beside the map. */
export interface OsdNews {
  /** Its process runs and answers. */
  isAlive(osd: number): boolean;
  /** Its process ended in good order. */
  saidGoodbye(osd: number): boolean;
  /** Since when it has been down; undefined where it is not known. */
  downSince_us(osd: number): number | undefined;
  /** `[v2:127.0.0.1:6800/1000,v1:127.0.0.1:6801/1000]`. */
  addresses(osd: number): string;
  /** Why the monitor holds it for dead, behind its name: ` failed (root=default) (connection refused reported by osd.1)`. */
  howFailed(osd: number, location: string): string;
}

/** Writes to the cluster log which OSDs came up, went down or out from one map to the next. @ceph src/mon/OSDMonitor.cc — exact texts */
export function logOsds(monitor: Monitor, before: OsdMap, after: OsdMap, news: OsdNews): void {
  for (const [id, now] of after.osds.entries()) {
    const was = before.osds[id];
    if (now === undefined || was === undefined || was === now) continue;
    if (!was.up && now.up) tell(monitor, `osd.${id} ${news.addresses(id)} boot`);
    if (was.up && !now.up) logDown(monitor, after, id, news);
    if (was.weight > 0 && now.weight === 0) logOut(monitor, id, now, news);
  }
}

function tell(monitor: Monitor, text: string): void {
  logToCluster(monitor, { who: 'mon.a', channel: 'cluster', level: 'info', text });
}

function logDown(monitor: Monitor, map: OsdMap, id: number, news: OsdNews): void {
  if (news.isAlive(id)) {
    const text = `Monitor daemon marked osd.${id} down, but it is still running`;
    logToCluster(monitor, { who: `osd.${id}`, channel: 'cluster', level: 'warn', text });
  } else if (news.saidGoodbye(id)) tell(monitor, `osd.${id} marked itself down and dead`);
  else tell(monitor, `osd.${id}${news.howFailed(id, osdLocation(map, id))}`);
}

function logOut(monitor: Monitor, id: number, now: OsdInfo, news: OsdNews): void {
  const since_us = news.downSince_us(id);
  const seconds = since_us === undefined ? 0 : Math.floor((monitor.context.now_us() - since_us) / 1e6);
  const isAutomatic = ((now.extra?.stateBits ?? 0) & OSD_STATE.autoout) !== 0;
  if (isAutomatic) tell(monitor, `Marking osd.${id} out (has been down for ${seconds} seconds)`);
  else {
    const when = now.up ? 'while it was still marked up' : `after it was down for ${seconds} seconds`;
    tell(monitor, `Client client.admin marked osd.${id} out, ${when}`);
  }
}
