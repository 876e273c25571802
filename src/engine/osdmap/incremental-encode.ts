import { crc32c } from '../codec/crc32c.ts';
import { Encoder } from '../codec/denc.ts';
import { encodeBlocklist, encodeNote, encodeNumbers } from './encode-osds.ts';
import { encodePool } from './encode-pool.ts';
import { NO_STRETCH } from './extra.ts';
import type { Incremental } from './incremental.ts';
import { comparePgs, encodeByPg, encodePgId, pgOf } from './pg-wire.ts';
import {
  byName,
  byNumber,
  encodeAddress,
  encodeAddresses,
  encodeRatio,
  encodeSnapsByPool,
  encodeStrings,
  encodeTime,
  encodeUuid,
  encodeWide,
} from './wire.ts';

/** At the end: its own checksum, and that of the map that it makes. */
const CRC_BYTES = 4;

/**
 * Writes an incremental as this release writes it, with its checksum.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::Incremental::encode — exact, with all features
 */
export function encodeIncremental(inc: Incremental): Uint8Array {
  const encoder = new Encoder();
  encoder.struct(8, 7, (e) => {
    e.struct(9, 1, (each) => encodeClientPart(each, inc));
    e.struct(osdVersion(inc), 1, (each) => encodeOsdPart(each, inc, osdVersion(inc)));
    e.u32(0).u32(inc.fullCrc);
  });
  const bytes = encoder.finish();
  const at = bytes.length - 2 * CRC_BYTES;
  const crc = crc32c(crc32c(-1, bytes, 0, at), bytes, at + CRC_BYTES, bytes.length);
  new DataView(bytes.buffer).setUint32(at, crc, true);
  return bytes;
}

/** Newer parts are written only where they say something. */
function osdVersion(inc: Incremental): number {
  if (inc.mutateAllowCrimson !== 0) return 12;
  if (inc.newRangeBlocklist.length > 0 || inc.oldRangeBlocklist.length > 0) return 11;
  return inc.stretch === null ? 9 : 10;
}

function encodeClientPart(e: Encoder, inc: Incremental): void {
  encodeHead(e, inc);
  byOsd(e, inc.newUpClient, encodeAddresses);
  encodeNumbers(e, inc.newState);
  encodeNumbers(e, inc.newWeight);
  encodeByPg(e, inc.newPgTemp, encodeOsdList);
  encodeByPg(e, inc.newPrimaryTemp, (each, osd) => each.s32(osd));
  encodeNumbers(e, inc.newPrimaryAffinity);
  e.list(byName(inc.newErasureCodeProfiles), (each, [name, profile]) => encodeStrings(each.string(name), profile));
  e.list([...inc.oldErasureCodeProfiles].sort(), (each, name) => each.string(name));
  encodeByPg(e, inc.newPgUpmap, encodeOsdList);
  encodePgs(e, inc.oldPgUpmap);
  encodeByPg(e, inc.newPgUpmapItems, (each, pairs) => each.list(pairs, (inner, [from, to]) => inner.s32(from).s32(to)));
  encodePgs(e, inc.oldPgUpmapItems);
  encodeSnapsByPool(e, inc.newRemovedSnaps);
  encodeSnapsByPool(e, inc.newPurgedSnaps);
  encodeTime(e, inc.newLastUpChange);
  encodeTime(e, inc.newLastInChange);
  encodeByPg(e, inc.newPgUpmapPrimary, (each, osd) => each.s32(osd));
  encodePgs(e, inc.oldPgUpmapPrimary);
}

function encodeHead(e: Encoder, inc: Incremental): void {
  encodeUuid(e, inc.fsid);
  e.u32(inc.epoch);
  encodeTime(e, inc.modified);
  e.s64(inc.newPoolMax).s32(inc.newFlags).blob(inc.fullmap).blob(inc.crush).s32(inc.newMaxOsd);
  e.list(byNumber(inc.newPools), (each, [id, pool]) => encodePool(each.s64(id), pool));
  e.list(byNumber(inc.newPoolNames), (each, [id, name]) => each.s64(id).string(name));
  e.list(
    [...inc.oldPools].sort((a, b) => a - b),
    (each, id) => each.s64(id),
  );
}

function encodeOsdPart(e: Encoder, inc: Incremental, version: number): void {
  byOsd(e, inc.newHbBackUp, encodeAddresses);
  encodeNumbers(e, inc.newUpThru);
  byOsd(e, inc.newLastCleanInterval, (each, [begin, end]) => each.u32(begin).u32(end));
  encodeNumbers(e, inc.newLost);
  encodeBlocklist(e, inc.newBlocklist);
  e.list(inc.oldBlocklist, encodeAddress);
  byOsd(e, inc.newUpCluster, encodeAddresses);
  e.string(inc.clusterSnapshot);
  byOsd(e, inc.newUuid, encodeUuid);
  byOsd(e, inc.newXinfo, encodeNote);
  byOsd(e, inc.newHbFrontUp, encodeAddresses);
  encodeWide(e, inc.features);
  encodeRatio(e, inc.newNearfullRatio);
  encodeRatio(e, inc.newFullRatio);
  encodeRatio(e, inc.newBackfillfullRatio);
  e.u8(inc.newRequireMinCompatClient).u8(inc.newRequireOsdRelease);
  encodeNumbers(e, inc.newCrushNodeFlags);
  encodeNumbers(e, inc.newDeviceClassFlags);
  if (version >= 10) encodeStretch(e, inc);
  if (version >= 11) encodeBlocklist(e, inc.newRangeBlocklist);
  if (version >= 11) e.list(inc.oldRangeBlocklist, encodeAddress);
  if (version >= 12) e.u8(inc.mutateAllowCrimson);
}

function encodeStretch(e: Encoder, { stretch }: Incremental): void {
  const { bucketCount, degraded, recovering, bucket, enabled } = stretch ?? NO_STRETCH;
  e.bool(stretch !== null)
    .u32(bucketCount)
    .u32(degraded)
    .u32(recovering)
    .s32(bucket)
    .bool(enabled);
}

function encodeOsdList(e: Encoder, osds: readonly number[]): void {
  e.list(osds, (each, osd) => each.s32(osd));
}

function encodePgs(e: Encoder, pgs: readonly string[]): void {
  e.list(pgs.map(pgOf).sort(comparePgs), encodePgId);
}

function byOsd<T>(e: Encoder, entries: ReadonlyMap<number, T>, write: (encoder: Encoder, value: T) => void): void {
  e.list(byNumber(entries), (each, [osd, value]) => write(each.s32(osd), value));
}
