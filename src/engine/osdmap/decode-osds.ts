import type { Decoder } from '../codec/denc.ts';
import { type BlockedAddress, NO_STRETCH, NO_TIME, type OsdExtra, type StretchMode } from './extra.ts';
import { RELEASES } from './names.ts';
import {
  BUILT_BYTES,
  decodeAddress,
  decodeAddresses,
  decodeRatio,
  decodeSnapsByPool,
  decodeTime,
  decodeUuid,
  decodeWide,
} from './wire.ts';

/** What a daemon told of itself, without its addresses and state. */
export type DaemonNote = Omit<OsdExtra, 'stateBits' | 'addresses'>;

/** Since when an OSD is up, down, clean: `osd_info_t`. */
export interface LifeEpochs {
  readonly upFrom: number;
  readonly upThru: number;
  readonly downAt: number;
  readonly lostAt: number;
  readonly lastCleanBegin: number;
  readonly lastCleanEnd: number;
}

/** The part of a map that only OSDs want. @ceph src/osd/OSDMap.cc OSDMap::decode — exact, the second part */
export function decodeOsdPart(d: Decoder, version: number) {
  const heartbeatBack = d.at('hb_back_addrs').list(decodeAddresses, BUILT_BYTES.addresses);
  const infos = d.at('osd_info').list(decodeInfo, BUILT_BYTES.osd);
  const blocklist = d.at('blocklist').list(decodeBlocked, BUILT_BYTES.blocked);
  const cluster = d.at('cluster_addrs').list(decodeAddresses, BUILT_BYTES.addresses);
  const [clusterSnapshotEpoch, clusterSnapshot] = [
    d.at('cluster_snapshot_epoch').u32(),
    d.at('cluster_snapshot').string(),
  ];
  const uuids = d.at('osd_uuid').list(decodeUuid, BUILT_BYTES.osd);
  const notes = d.at('osd_xinfo').list(decodeNote, BUILT_BYTES.note);
  const heartbeatFront = d.at('hb_front_addrs').list(decodeAddresses, BUILT_BYTES.addresses);
  return {
    ...{ heartbeatBack, infos, blocklist, cluster, clusterSnapshotEpoch, clusterSnapshot, uuids, notes },
    ...{ heartbeatFront, ...decodeLimits(d, version), ...decodeLater(d, version) },
  };
}

function decodeLimits(d: Decoder, version: number) {
  const nearfullRatio = version >= 2 ? decodeRatio(d.at('nearfull_ratio')) : 0;
  const fullRatio = version >= 2 ? decodeRatio(d.at('full_ratio')) : 0;
  const backfillfullRatio = version >= 3 ? decodeRatio(d.at('backfillfull_ratio')) : 0;
  const named = version === 4 ? d.string() : '';
  const requireMinCompatClient = version >= 5 ? release(d.at('require_min_compat_client').u8()) : named || 'unknown';
  const requireOsdRelease = version >= 5 ? release(d.at('require_osd_release').u8()) : 'unknown';
  return { nearfullRatio, fullRatio, backfillfullRatio, requireMinCompatClient, requireOsdRelease };
}

function decodeLater(d: Decoder, version: number) {
  return {
    removedSnapsQueue: version >= 6 ? decodeSnapsByPool(d.at('removed_snaps_queue')) : new Map<number, never>(),
    crushNodeFlags: version >= 8 ? decodeNumbers(d.at('crush_node_flags')) : new Map<number, number>(),
    deviceClassFlags: version >= 9 ? decodeNumbers(d.at('device_class_flags')) : new Map<number, number>(),
    stretch: version >= 10 ? decodeStretch(d.at('stretch_mode')) : NO_STRETCH,
    rangeBlocklist:
      version >= 11 ? d.at('range_blocklist').list(decodeBlocked, BUILT_BYTES.blocked) : ([] as BlockedAddress[]),
    allowCrimson: version >= 12 ? d.at('allow_crimson').bool() : false,
  };
}

/** A release by its number; those of the future by the number itself. */
function release(number: number): string {
  return RELEASES[number] ?? String(number);
}

export function decodeInfo(d: Decoder): LifeEpochs {
  d.u8(); // its version; it has no length
  const [lastCleanBegin, lastCleanEnd, upFrom, upThru] = [d.u32(), d.u32(), d.u32(), d.u32()];
  return { lastCleanBegin, lastCleanEnd, upFrom, upThru, downAt: d.u32(), lostAt: d.u32() };
}

export function decodeNote(decoder: Decoder): DaemonNote {
  return decoder.struct(4, (d, version) => ({
    downStamp: decodeTime(d),
    laggyProbability: d.u32(),
    laggyInterval_s: d.u32(),
    features: version >= 2 ? decodeWide(d) : '0',
    oldWeight: version >= 3 ? d.u32() : 0,
    lastPurgedSnapsScrub: version >= 4 ? decodeTime(d) : NO_TIME,
    deadEpoch: version >= 4 ? d.u32() : 0,
  }));
}

export function decodeBlocked(d: Decoder): BlockedAddress {
  return { address: decodeAddress(d), until: decodeTime(d) };
}

export function decodeNumbers(d: Decoder): Map<number, number> {
  return d.map(
    (each) => each.s32(),
    (each) => each.u32(),
    BUILT_BYTES.number,
  );
}

function decodeStretch(d: Decoder): StretchMode {
  return { enabled: d.bool(), bucketCount: d.u32(), degraded: d.u32(), recovering: d.u32(), bucket: d.s32() };
}
