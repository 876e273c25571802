import { mapFlagBits } from '../../../engine/mon/osd-flags.ts';
import type { OsdInfo, OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { isoText } from '../format/dates.ts';
import { generalText } from '../format/fixed-text.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { type CephAnswer, type CephCall, cephCommand, poolsOf, shown } from './ceph-command.ts';
import { addressesOf, addressObject, legacyAddress } from './osd-addresses.ts';
import { poolLines, poolObject } from './pool-line.ts';
import { int, optional } from './signatures.ts';

export const osdDump = cephCommand({
  words: 'osd dump',
  summary: 'all of the OSD map',
  signature: [optional(int('epoch'))],
  answer: dump,
});

function dump(call: CephCall): CephAnswer {
  const { map, args } = call;
  const epoch = args.options.get('epoch')?.[0];
  if (epoch !== undefined && Number(epoch) !== map.epoch)
    return { code: EXIT_NOT_YET, text: 'older epochs are not available in this sandbox yet' };
  return shown(
    call,
    () => mapText(map),
    () => nodeOf('osdmap', mapObject(call)),
  );
}

/** @ceph src/osd/OSDMap.cc OSDMap::print — without blocklists */
function mapText(map: OsdMap): string {
  const ratio = (value: number): string => generalText(value, 6);
  const lines = [
    `epoch ${map.epoch}`,
    `fsid ${map.fsid}`,
    `created ${isoText(map.created_us)}`,
    `modified ${isoText(map.modified_us)}`,
    `flags ${map.flags.join(',')}`,
    `crush_version ${map.crushVersion}`,
    `full_ratio ${ratio(map.fullRatio)}`,
    `backfillfull_ratio ${ratio(map.backfillfullRatio)}`,
    `nearfull_ratio ${ratio(map.nearfullRatio)}`,
    `require_min_compat_client ${map.requireMinCompatClient}`,
    `min_compat_client ${map.minCompatClient}`,
    `require_osd_release ${map.requireOsdRelease}`,
    'stretch_mode_enabled false',
  ];
  const osds = map.osds.map((osd, id) => (osd === undefined ? '' : `${osdLine(osd, id)}\n`)).join('');
  const pools = poolsOf(map)
    .map((pool) => poolLines(map, pool))
    .join('');
  return `${lines.join('\n')}\n${pools}max_osd ${map.maxOsd}\n${osds}${placementLines(map)}`;
}

function osdLine(osd: OsdInfo, id: number): string {
  const states = ['exists', ...(osd.up ? ['up'] : []), ...(osd.destroyed ? ['destroyed'] : [])];
  const affinity =
    osd.primaryAffinity === 0x10000 ? '' : ` primary_affinity ${generalText(osd.primaryAffinity / 0x10000, 6)}`;
  const [first, second] = [addressesOf(id, 'public'), addressesOf(id, 'cluster')];
  return (
    `osd.${id} ${osd.up ? 'up  ' : 'down'} ${osd.weight > 0 ? 'in ' : 'out'}` +
    ` weight ${generalText(osd.weight / 0x10000, 6)}${affinity}` +
    ` up_from ${osd.upFrom} up_thru ${osd.upThru} down_at ${osd.downAt}` +
    ` last_clean_interval [${osd.lastCleanBegin},${osd.lastCleanEnd}) ${first} ${second} ${states.join(',')} ${osd.uuid}`
  );
}

function placementLines(map: OsdMap): string {
  const items = [...map.pgUpmapItems].map(
    ([pgid, pairs]) => `pg_upmap_items ${pgid} [${pairs.map(([from, to]) => `${from},${to}`).join(',')}]\n`,
  );
  const whole = [...map.pgUpmap].map(([pgid, osds]) => `pg_upmap ${pgid} [${osds.join(',')}]\n`);
  const temps = [...map.pgTemp].map(([pgid, osds]) => `pg_temp ${pgid} [${osds.join(',')}]\n`);
  const primaries = [...map.primaryTemp].map(([pgid, osd]) => `primary_temp ${pgid} ${osd}\n`);
  return [...whole, ...items, ...temps, ...primaries].join('');
}

/** @ceph src/osd/OSDMap.cc OSDMap::dump — exact names and order */
function mapObject(call: CephCall): PlainObject {
  const { map, monitor } = call;
  const pgList = (name: string, entries: ReadonlyMap<string, readonly number[]>): PlainObject[] =>
    [...entries].map(([pgid, osds]) => ({ pgid, [name]: osds }));
  return {
    epoch: map.epoch,
    fsid: map.fsid,
    created: isoText(map.created_us),
    modified: isoText(map.modified_us),
    last_up_change: isoText(monitor.lastChange_us('up')),
    last_in_change: isoText(monitor.lastChange_us('in')),
    flags: map.flags.join(','),
    flags_num: mapFlagBits(map.flags),
    flags_set: [...map.flags].sort(),
    crush_version: map.crushVersion,
    full_ratio: Math.fround(map.fullRatio),
    backfillfull_ratio: Math.fround(map.backfillfullRatio),
    nearfull_ratio: Math.fround(map.nearfullRatio),
    cluster_snapshot: '',
    pool_max: map.poolMax,
    max_osd: map.maxOsd,
    require_min_compat_client: map.requireMinCompatClient,
    min_compat_client: map.minCompatClient,
    require_osd_release: map.requireOsdRelease,
    allow_crimson: false,
    pools: poolsOf(map).map((pool) => poolObject(map, pool, 'pool')),
    osds: map.osds.flatMap((osd, id) => (osd === undefined ? [] : [osdObject(osd, id)])),
    osd_xinfo: map.osds.flatMap((osd, id) => (osd === undefined ? [] : [xinfoObject(map, id)])),
    pg_upmap: pgList('osds', map.pgUpmap),
    pg_upmap_items: [...map.pgUpmapItems].map(([pgid, pairs]) => ({
      pgid,
      mappings: pairs.map(([from, to]) => ({ from, to })),
    })),
    pg_upmap_primaries: [...map.pgUpmapPrimaries].map(([pgid, osd]) => ({ pgid, primary_osd: osd })),
    pg_temp: pgList('osds', map.pgTemp),
    primary_temp: [...map.primaryTemp].map(([pgid, osd]) => ({ pgid, osd })),
    blocklist: {},
    range_blocklist: {},
    erasure_code_profiles: Object.fromEntries(
      [...map.erasureCodeProfiles].map(([name, profile]) => [name, Object.fromEntries(profile)]),
    ),
    removed_snaps_queue: [...map.removedSnapsQueue].map(([pool, snaps]) => ({
      pool,
      snaps: snaps.map(({ off, len }) => ({ begin: off, length: len })),
    })),
    new_removed_snaps: [],
    new_purged_snaps: [],
    crush_node_flags: {},
    device_class_flags: {},
    stretch_mode: {
      stretch_mode_enabled: false,
      stretch_bucket_count: 0,
      degraded_stretch_mode: 0,
      recovering_stretch_mode: 0,
      stretch_mode_bucket: 0,
    },
  };
}

function osdObject(osd: OsdInfo, id: number): PlainObject {
  return {
    osd: id,
    uuid: osd.uuid,
    up: osd.up ? 1 : 0,
    in: osd.weight > 0 ? 1 : 0,
    weight: Math.fround(osd.weight / 0x10000),
    primary_affinity: Math.fround(osd.primaryAffinity / 0x10000),
    last_clean_begin: osd.lastCleanBegin,
    last_clean_end: osd.lastCleanEnd,
    up_from: osd.upFrom,
    up_thru: osd.upThru,
    down_at: osd.downAt,
    lost_at: osd.lostAt,
    public_addrs: addressObject(id, 'public'),
    cluster_addrs: addressObject(id, 'cluster'),
    heartbeat_back_addrs: addressObject(id, 'heartbeatBack'),
    heartbeat_front_addrs: addressObject(id, 'heartbeatFront'),
    public_addr: legacyAddress(id, 'public'),
    cluster_addr: legacyAddress(id, 'cluster'),
    heartbeat_back_addr: legacyAddress(id, 'heartbeatBack'),
    heartbeat_front_addr: legacyAddress(id, 'heartbeatFront'),
    state: ['exists', ...(osd.up ? ['up'] : []), ...(osd.destroyed ? ['destroyed'] : [])],
  };
}

/** All features that a daemon of this release has. */
const FEATURES = 4541880224203014143n;

function xinfoObject(map: OsdMap, id: number): PlainObject {
  return {
    osd: id,
    down_stamp: '0.000000',
    laggy_probability: 0,
    laggy_interval: 0,
    features: FEATURES,
    old_weight: 0,
    last_purged_snaps_scrub: isoText(map.created_us),
    dead_epoch: 0,
  };
}
