import type { IntervalSet } from '../../../engine/base/interval-set.ts';
import { ONE } from '../../../engine/crush/fixed.ts';
import { minCompatClientOf } from '../../../engine/osdmap/compat.ts';
import { type BlockedAddress, type MapExtra, NO_UUID, PLAIN_MAP, PLAIN_OSD } from '../../../engine/osdmap/extra.ts';
import { flagBits, MAP_FLAGS } from '../../../engine/osdmap/names.ts';
import type { OsdInfo, OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { stateNames } from '../../../engine/osdmap/osd-state.ts';
import { byPg } from '../../../engine/osdmap/pg-wire.ts';
import { byName, byNumber } from '../../../engine/osdmap/wire.ts';
import { withItemNames } from '../format/item-names.ts';
import { type FormatNode, nodeOf, objectNode, type PlainObject, valueNode } from '../format/tree.ts';
import { addressesObject, addressText, legacyText } from './address-text.ts';
import { stateBitsOf } from './map-text.ts';
import { poolObject } from './pool-dump.ts';
import { flagSet, flagText, timeText, timeText_us } from './texts.ts';

/** The whole map as a tree for JSON or XML. @ceph src/osd/OSDMap.cc OSDMap::dump — exact */
export function mapNode(map: OsdMap): FormatNode {
  const extra = map.extra ?? PLAIN_MAP;
  const parts = nodeOf('osdmap', { ...headObject(map, extra), ...placementObject(map) });
  const later = nodeOf('later', laterObject(map, extra));
  const primaryTemps = { kind: 'array' as const, name: 'primary_temp', children: primaryTempNodes(map) };
  const whole = objectNode('osdmap', [...childrenOf(parts), primaryTemps, ...childrenOf(later)]);
  return withItemNames(whole, ITEM_NAMES);
}

/** Values that Ceph gives its formatter as streams. */
export const STREAMED: ReadonlySet<string> = new Set([
  ...[
    'fsid',
    'created',
    'modified',
    'last_up_change',
    'last_in_change',
    'pgid',
    'uuid',
    'addr',
    'create_time',
    'stamp',
  ],
  ...['public_addr', 'cluster_addr', 'heartbeat_back_addr', 'heartbeat_front_addr', 'down_stamp'],
  ...['last_purged_snaps_scrub', 'last_change', 'last_force_op_resend', 'last_force_op_resend_prenautilus'],
  ...['last_force_op_resend_preluminous', 'removed_snaps', 'nonprimary_shards', 'source_pgid', 'source_version'],
  'target_version',
]);

/** What items of arrays are called where names of items are shown. */
const ITEM_NAMES: Readonly<Record<string, string>> = {
  ...{ flags_set: 'flag', pools: 'pool', osd_xinfo: 'xinfo', state: 'state', addrvec: 'addr' },
  ...{ pg_upmap: 'mapping', pg_upmap_items: 'mapping', mappings: 'mapping', pg_upmap_primaries: 'primary_mapping' },
  ...{ pg_temp: 'osds', removed_snaps_queue: 'pool', new_removed_snaps: 'pool', new_purged_snaps: 'pool' },
  ...{ snaps: 'interval', 'crush_node_flags/*': 'flag', 'device_class_flags/*': 'flag' },
  ...{ tiers: 'pool_id', grade_table: 'value', pool_snaps: 'pool_snap_info', 'osdmap/*': 'osd_info', 'item/*': 'osd' },
};

function childrenOf(node: FormatNode): readonly FormatNode[] {
  return node.kind === 'value' ? [] : node.children;
}

function headObject(map: OsdMap, extra: MapExtra): PlainObject {
  return {
    epoch: map.epoch,
    fsid: map.fsid,
    created: timeText_us(map.created_us),
    modified: timeText_us(map.modified_us),
    last_up_change: timeText(extra.lastUpChange),
    last_in_change: timeText(extra.lastInChange),
    flags: flagText(map),
    flags_num: flagBits(map.flags, MAP_FLAGS) + extra.flagBits,
    flags_set: flagSet(map),
    crush_version: map.crushVersion,
    full_ratio: Math.fround(map.fullRatio),
    backfillfull_ratio: Math.fround(map.backfillfullRatio),
    nearfull_ratio: Math.fround(map.nearfullRatio),
    cluster_snapshot: extra.clusterSnapshot,
    pool_max: map.poolMax,
    max_osd: map.maxOsd,
    require_min_compat_client: map.requireMinCompatClient,
    min_compat_client: minCompatClientOf(map),
    require_osd_release: map.requireOsdRelease,
    allow_crimson: extra.allowCrimson,
    pools: byNumber(map.pools).map(([, pool]) => poolObject(map, pool)),
    osds: map.osds.flatMap((osd, id) => (osd === undefined ? [] : [osdObject(osd, id)])),
    osd_xinfo: map.osds.flatMap((osd, id) => (osd === undefined ? [] : [noteObject(osd, id)])),
  };
}

function osdObject(osd: OsdInfo, id: number): PlainObject {
  const { addresses } = osd.extra ?? PLAIN_OSD;
  return {
    osd: id,
    uuid: osd.uuid === '' ? NO_UUID : osd.uuid,
    up: osd.up ? 1 : 0,
    in: osd.weight > 0 ? 1 : 0,
    weight: Math.fround(osd.weight / ONE),
    primary_affinity: Math.fround(osd.primaryAffinity / ONE),
    last_clean_begin: osd.lastCleanBegin,
    last_clean_end: osd.lastCleanEnd,
    up_from: osd.upFrom,
    up_thru: osd.upThru,
    down_at: osd.downAt,
    lost_at: osd.lostAt,
    public_addrs: addressesObject(addresses.public),
    cluster_addrs: addressesObject(addresses.cluster),
    heartbeat_back_addrs: addressesObject(addresses.heartbeatBack),
    heartbeat_front_addrs: addressesObject(addresses.heartbeatFront),
    public_addr: legacyText(addresses.public),
    cluster_addr: legacyText(addresses.cluster),
    heartbeat_back_addr: legacyText(addresses.heartbeatBack),
    heartbeat_front_addr: legacyText(addresses.heartbeatFront),
    state: stateNames(stateBitsOf(osd)),
  };
}

function noteObject(osd: OsdInfo, id: number): PlainObject {
  const note = osd.extra ?? PLAIN_OSD;
  return {
    osd: id,
    down_stamp: timeText(note.downStamp),
    laggy_probability: Math.fround(Math.fround(note.laggyProbability) / 2 ** 32),
    laggy_interval: note.laggyInterval_s,
    features: BigInt.asIntN(64, BigInt(note.features)),
    old_weight: note.oldWeight,
    last_purged_snaps_scrub: timeText(note.lastPurgedSnapsScrub),
    dead_epoch: note.deadEpoch,
  };
}

function placementObject(map: OsdMap): PlainObject {
  return {
    pg_upmap: byPg(map.pgUpmap).map(([pgid, osds]) => ({ pgid, osds })),
    pg_upmap_items: byPg(map.pgUpmapItems).map(([pgid, pairs]) => ({
      pgid,
      mappings: pairs.map(([from, to]) => ({ from, to })),
    })),
    pg_upmap_primaries: byPg(map.pgUpmapPrimaries).map(([pgid, primary_osd]) => ({ pgid, primary_osd })),
    pg_temp: byPg(map.pgTemp).map(([pgid, osds]) => ({ pgid, osds })),
  };
}

/** A list of ids and OSDs in turn, with no object about each pair. */
function primaryTempNodes(map: OsdMap): FormatNode[] {
  return byPg(map.primaryTemp).flatMap(([pg, osd]) => [valueNode('pgid', pg), valueNode('osd', osd)]);
}

function laterObject(map: OsdMap, extra: MapExtra): PlainObject {
  const nodeName = (id: number) => map.crush.names.get(id) ?? String(id);
  const className = (id: number) => map.crush.classNames.get(id) ?? String(id);
  return {
    blocklist: blocklistObject(extra.blocklist),
    range_blocklist: blocklistObject(extra.rangeBlocklist),
    erasure_code_profiles: Object.fromEntries(
      byName(map.erasureCodeProfiles).map(([name, profile]) => [name, Object.fromEntries(byName(profile))]),
    ),
    removed_snaps_queue: snapsObject(map.removedSnapsQueue),
    new_removed_snaps: snapsObject(extra.newRemovedSnaps),
    new_purged_snaps: snapsObject(extra.newPurgedSnaps),
    crush_node_flags: flagsObject(extra.crushNodeFlags, nodeName),
    device_class_flags: flagsObject(extra.deviceClassFlags, className),
    stretch_mode: {
      stretch_mode_enabled: extra.stretch.enabled,
      stretch_bucket_count: extra.stretch.bucketCount,
      degraded_stretch_mode: extra.stretch.degraded,
      recovering_stretch_mode: extra.stretch.recovering,
      stretch_mode_bucket: extra.stretch.bucket,
    },
  };
}

function blocklistObject(blocked: readonly BlockedAddress[]): PlainObject {
  return Object.fromEntries(blocked.map(({ address, until }) => [addressText(address), timeText(until)]));
}

function snapsObject(snaps: ReadonlyMap<number, IntervalSet>): PlainObject[] {
  return byNumber(snaps).map(([pool, set]) => ({
    pool,
    snaps: set.map(({ off, len }) => ({ begin: off, length: len })),
  }));
}

function flagsObject(flags: ReadonlyMap<number, number>, name: (id: number) => string): PlainObject {
  return Object.fromEntries(byNumber(flags).map(([id, bits]) => [name(id), stateNames(bits)]));
}
