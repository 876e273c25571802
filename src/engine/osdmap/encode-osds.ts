import type { Encoder } from '../codec/denc.ts';
import {
  type BlockedAddress,
  type MapExtra,
  NO_ADDRESSES,
  type OsdAddresses,
  type OsdExtra,
  PLAIN_OSD,
  VACANT_OSD,
  type VacantOsd,
} from './extra.ts';
import { RELEASES } from './names.ts';
import type { OsdInfo, OsdMap } from './osd-map.ts';
import {
  byNumber,
  encodeAddress,
  encodeAddresses,
  encodeRatio,
  encodeSnapsByPool,
  encodeTime,
  encodeUuid,
  encodeWide,
} from './wire.ts';

/** The part of a map that only OSDs want. @ceph src/osd/OSDMap.cc OSDMap::encode — exact, the second part */
export function encodeOsdPart(encoder: Encoder, map: OsdMap, extra: MapExtra): void {
  const version = versionOf(extra);
  encoder.struct(version, 1, (e) => {
    encodeOsds(e, map, extra);
    encodeRatio(e, map.nearfullRatio);
    encodeRatio(e, map.fullRatio);
    encodeRatio(e, map.backfillfullRatio);
    e.u8(releaseNumber(map.requireMinCompatClient)).u8(releaseNumber(map.requireOsdRelease));
    encodeSnapsByPool(e, map.removedSnapsQueue);
    encodeNumbers(e, extra.crushNodeFlags);
    encodeNumbers(e, extra.deviceClassFlags);
    if (version >= 10) encodeStretch(e, extra);
    if (version >= 11) encodeBlocklist(e, extra.rangeBlocklist);
    if (version >= 12) e.bool(extra.allowCrimson);
  });
}

/** Newer parts are written only where they say something. */
function versionOf(extra: MapExtra): number {
  if (extra.allowCrimson) return 12;
  if (extra.rangeBlocklist.length > 0) return 11;
  return extra.stretch.enabled ? 10 : 9;
}

function encodeOsds(e: Encoder, map: OsdMap, extra: MapExtra): void {
  const osds = Array.from({ length: map.maxOsd }, (_, id) => map.osds[id] ?? extra.vacant.get(id) ?? VACANT_OSD);
  const addresses = (network: keyof OsdAddresses) =>
    e.list(osds, (each, osd) => encodeAddresses(each, (osd.extra?.addresses ?? NO_ADDRESSES)[network]));
  addresses('heartbeatBack');
  e.list(osds, encodeInfo);
  encodeBlocklist(e, extra.blocklist);
  addresses('cluster');
  e.u32(extra.clusterSnapshotEpoch).string(extra.clusterSnapshot);
  e.list(osds, (each, { uuid }) => encodeUuid(each, uuid));
  e.list(osds, (each, osd) => encodeNote(each, osd.extra ?? PLAIN_OSD));
  addresses('heartbeatFront');
}

function encodeInfo(e: Encoder, osd: OsdInfo | VacantOsd): void {
  e.u8(1).u32(osd.lastCleanBegin).u32(osd.lastCleanEnd).u32(osd.upFrom).u32(osd.upThru).u32(osd.downAt).u32(osd.lostAt);
}

export function encodeNote(encoder: Encoder, note: Omit<OsdExtra, 'stateBits' | 'addresses'>): void {
  encoder.struct(4, 1, (e) => {
    encodeTime(e, note.downStamp);
    e.u32(note.laggyProbability).u32(note.laggyInterval_s);
    encodeWide(e, note.features);
    e.u32(note.oldWeight);
    encodeTime(e, note.lastPurgedSnapsScrub);
    e.u32(note.deadEpoch);
  });
}

export function encodeBlocklist(e: Encoder, blocked: readonly BlockedAddress[]): void {
  e.list(blocked, (each, { address, until }) => {
    encodeAddress(each, address);
    encodeTime(each, until);
  });
}

function encodeStretch(e: Encoder, { stretch }: MapExtra): void {
  e.bool(stretch.enabled).u32(stretch.bucketCount).u32(stretch.degraded).u32(stretch.recovering).s32(stretch.bucket);
}

export function encodeNumbers(e: Encoder, numbers: ReadonlyMap<number, number>): void {
  e.list(byNumber(numbers), (each, [key, value]) => each.s32(key).u32(value));
}

function releaseNumber(name: string): number {
  const number = RELEASES.indexOf(name);
  return number >= 0 ? number : Number(name) || 0;
}
