import { type Network, nonceOf, portsOf } from '../../../engine/cluster/stats/osd-address.ts';
import type { Monitor } from '../../../engine/mon/monitor.ts';
import { type EntityAddress, type OsdAddresses, PLAIN_MAP, PLAIN_OSD } from '../../../engine/osdmap/extra.ts';
import type { OsdInfo, OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { joinTime } from '../../../engine/osdmap/wire.ts';

/** All features that a daemon of this release has. */
const FEATURES = '4541880224203014143';

/** The map with what a real one holds besides: the daemons' addresses and features, and when OSDs last changed. */
export function wholeMap(map: OsdMap, monitor: Monitor): OsdMap {
  const extra = {
    ...(map.extra ?? PLAIN_MAP),
    lastUpChange: joinTime(monitor.lastChange_us('up'), 0),
    lastInChange: joinTime(monitor.lastChange_us('in'), 0),
  };
  return { ...map, extra, osds: map.osds.map((osd, id) => osd && wholeOsd(map, osd, id)) };
}

function wholeOsd(map: OsdMap, osd: OsdInfo, id: number): OsdInfo {
  const known = osd.extra ?? PLAIN_OSD;
  // An OSD that the simulation made has no addresses of its own; one that was never up has none at all.
  if (known.addresses.public.length > 0 || osd.upFrom === 0) return osd;
  const lastPurgedSnapsScrub = joinTime(map.created_us, 0);
  const extra = { ...known, addresses: addressesFor(id), features: FEATURES, lastPurgedSnapsScrub };
  return { ...osd, extra };
}

function addressesFor(id: number): OsdAddresses {
  const of = (network: Network) => {
    const [v2, v1] = portsOf(id, network);
    return [address(id, V2, v2), address(id, V1, v1)];
  };
  return {
    public: of('public'),
    cluster: of('cluster'),
    heartbeatBack: of('heartbeatBack'),
    heartbeatFront: of('heartbeatFront'),
  };
}

const [V1, V2] = [1, 2] as const;
/** The number of IPv4 among the families, and this machine's own address. */
const [INET, LOCALHOST] = [2, [127, 0, 0, 1]] as const;
const PADDING = [0, 0, 0, 0, 0, 0, 0, 0];

function address(id: number, type: number, port: number): EntityAddress {
  return { type, nonce: nonceOf(id), socket: Uint8Array.of(INET, 0, port >> 8, port & 0xff, ...LOCALHOST, ...PADDING) };
}
