import { deviceClassOf, hostOf } from '../../../../engine/mon/config/place.ts';
import type { ConfigPlace } from '../../../../engine/mon/config/value.ts';
import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';

/** Where a daemon is, for settings that are made for a host or a device class. */
export function placeOf(map: OsdMap, who: string): ConfigPlace {
  const id = /^osd\.(\d+)$/.exec(who)?.[1];
  if (id === undefined) return {};
  const host = hostOf(map, Number(id));
  const deviceClass = deviceClassOf(map, Number(id));
  return { ...(host === undefined ? {} : { host }), ...(deviceClass === undefined ? {} : { deviceClass }) };
}

/** True for a daemon that runs here. */
export function isDaemon(map: OsdMap, who: string): boolean {
  const id = /^osd\.(\d+)$/.exec(who)?.[1];
  return who === 'mon.a' || who === 'mgr.x' || (id !== undefined && map.osds[Number(id)]?.up === true);
}
