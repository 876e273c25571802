import { Decoder } from '../codec/denc.ts';
import { checkCrc, decodeOsd, decodeOsdList, decodePairs, decodePoolNames, decodeProfiles } from './decode.ts';
import { decodeBlocked, decodeNote, decodeNumbers } from './decode-osds.ts';
import { decodePool } from './decode-pool.ts';
import type { StretchMode } from './extra.ts';
import { type Incremental, NO_RELEASE, PLAIN_INCREMENTAL } from './incremental.ts';
import { RELEASES } from './names.ts';
import type { PgPool } from './osd-map.ts';
import { decodeByPg, decodePgText } from './pg-wire.ts';
import {
  BUILT_BYTES,
  decodeAddress,
  decodeAddresses,
  decodeRatio,
  decodeSnapsByPool,
  decodeTime,
  decodeUuid,
  decodeWide,
  MAX_MAP_BYTES,
} from './wire.ts';

/** The newest encoding that is known, and the oldest that is read: of Bobtail, the first with lengths. */
const [NEWEST, OLDEST, FIRST_WITH_CRC] = [8, 7, 8] as const;

/**
 * Reads a binary incremental, as monitors keep them. Errors: DecodeError where bytes make no sense or the checksum is
 * wrong. A full map or a CRUSH map in it is read when it is applied.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::Incremental::decode — exact, without the encodings from before Bobtail
 */
export function decodeIncremental(bytes: Uint8Array): Incremental {
  const whole = new Decoder(bytes);
  if (bytes.length > MAX_MAP_BYTES) throw whole.fault('too-large', `an incremental of ${bytes.length} bytes`);
  return whole.struct(NEWEST, (decoder, version) => {
    if (version < OLDEST) throw decoder.fault('corrupt', `incremental encoding ${version} is older than ${OLDEST}`, 0);
    const client = decoder.at('client').struct(9, decodeClientPart);
    const rest = decoder.at('osd').struct(12, (d, inner) => decodeOsdPart(d, inner, client.newFlags));
    if (version >= FIRST_WITH_CRC) checkCrc(decoder.at('inc_crc'));
    const fullCrc = version >= FIRST_WITH_CRC ? decoder.at('full_crc').u32() : 0;
    return { ...PLAIN_INCREMENTAL, ...client, ...rest, fullCrc };
  });
}

function decodeClientPart(d: Decoder, version: number) {
  return {
    ...decodeHead(d),
    ...decodeOsdChanges(d, version),
    newPgTemp: decodeByPg(d.at('new_pg_temp'), decodeOsdList, BUILT_BYTES.listByPg),
    newPrimaryTemp: decodeByPg(d.at('new_primary_temp'), decodeOsd, BUILT_BYTES.byPg),
    newPrimaryAffinity: version >= 2 ? decodeNumbers(d.at('new_primary_affinity')) : new Map<number, number>(),
    ...(version >= 3 ? decodeProfileChanges(d) : {}),
    ...(version >= 4 ? decodeUpmapChanges(d) : {}),
    newRemovedSnaps: version >= 6 ? decodeSnapsByPool(d.at('new_removed_snaps')) : new Map<number, never>(),
    newPurgedSnaps: version >= 6 ? decodeSnapsByPool(d.at('new_purged_snaps')) : new Map<number, never>(),
    newLastUpChange: version >= 8 ? decodeTime(d.at('new_last_up_change')) : PLAIN_INCREMENTAL.newLastUpChange,
    newLastInChange: version >= 8 ? decodeTime(d.at('new_last_in_change')) : PLAIN_INCREMENTAL.newLastInChange,
    newPgUpmapPrimary:
      version >= 9 ? decodeByPg(d.at('new_pg_upmap_primary'), decodeOsd, BUILT_BYTES.byPg) : new Map<string, number>(),
    oldPgUpmapPrimary: version >= 9 ? decodePgs(d.at('old_pg_upmap_primary')) : [],
  };
}

function decodeHead(d: Decoder) {
  return {
    fsid: decodeUuid(d.at('fsid')),
    epoch: d.at('epoch').u32(),
    modified: decodeTime(d.at('modified')),
    newPoolMax: d.at('new_pool_max').s64(),
    newFlags: d.at('new_flags').s32(),
    fullmap: d.at('fullmap').blob(),
    crush: d.at('crush').blob(),
    newMaxOsd: d.at('new_max_osd').s32(),
    newPools: decodePools(d.at('new_pools')),
    newPoolNames: decodePoolNames(d.at('new_pool_names')),
    oldPools: d.at('old_pools').list((each) => each.s64()),
  };
}

function decodePools(d: Decoder): Map<number, PgPool> {
  const pools = d.list((each) => decodePool(each, each.at('id').s64(), ''), BUILT_BYTES.pool);
  return new Map(pools.map((pool) => [pool.id, pool]));
}

function decodeOsdChanges(d: Decoder, version: number) {
  return {
    newUpClient: byOsd(d.at('new_up_client'), decodeAddresses, BUILT_BYTES.addresses),
    newState: byOsd(d.at('new_state'), (each) => (version >= 5 ? each.u32() : each.u8())),
    newWeight: decodeNumbers(d.at('new_weight')),
  };
}

function decodeProfileChanges(d: Decoder) {
  return {
    newErasureCodeProfiles: decodeProfiles(d.at('new_erasure_code_profiles')),
    oldErasureCodeProfiles: d.at('old_erasure_code_profiles').list((each) => each.string(), BUILT_BYTES.text),
  };
}

function decodeUpmapChanges(d: Decoder) {
  return {
    newPgUpmap: decodeByPg(d.at('new_pg_upmap'), decodeOsdList, BUILT_BYTES.listByPg),
    oldPgUpmap: decodePgs(d.at('old_pg_upmap')),
    newPgUpmapItems: decodeByPg(d.at('new_pg_upmap_items'), decodePairs, BUILT_BYTES.listByPg),
    oldPgUpmapItems: decodePgs(d.at('old_pg_upmap_items')),
  };
}

function decodePgs(d: Decoder): string[] {
  return d.list(decodePgText, BUILT_BYTES.number);
}

function byOsd<T>(d: Decoder, read: (decoder: Decoder) => T, entry_bytes: number = BUILT_BYTES.osd): Map<number, T> {
  return d.map(decodeOsd, read, entry_bytes);
}

function decodeOsdPart(d: Decoder, version: number, newFlags: number) {
  return {
    newHbBackUp: byOsd(d.at('new_hb_back_up'), decodeAddresses, BUILT_BYTES.addresses),
    newUpThru: decodeNumbers(d.at('new_up_thru')),
    newLastCleanInterval: byOsd(d.at('new_last_clean_interval'), (each) => [each.u32(), each.u32()] as const),
    newLost: decodeNumbers(d.at('new_lost')),
    newBlocklist: d.at('new_blocklist').list(decodeBlocked, BUILT_BYTES.blocked),
    oldBlocklist: d.at('old_blocklist').list(decodeAddress, BUILT_BYTES.address),
    newUpCluster: byOsd(d.at('new_up_cluster'), decodeAddresses, BUILT_BYTES.addresses),
    clusterSnapshot: d.at('cluster_snapshot').string(),
    newUuid: byOsd(d.at('new_uuid'), decodeUuid),
    newXinfo: byOsd(d.at('new_xinfo'), decodeNote, BUILT_BYTES.note),
    newHbFrontUp: byOsd(d.at('new_hb_front_up'), decodeAddresses, BUILT_BYTES.addresses),
    features: version >= 2 ? decodeWide(d.at('encode_features')) : '0',
    newNearfullRatio: version >= 3 ? decodeRatio(d.at('new_nearfull_ratio')) : -1,
    newFullRatio: version >= 3 ? decodeRatio(d.at('new_full_ratio')) : -1,
    newBackfillfullRatio: version >= 4 ? decodeRatio(d.at('new_backfillfull_ratio')) : -1,
    ...(version >= 6 ? decodeReleases(d) : oldReleases(version === 5 ? d.at('release').string() : '', newFlags)),
    ...decodeNewest(d, version),
  };
}

function decodeReleases(d: Decoder) {
  return {
    newRequireMinCompatClient: d.at('new_require_min_compat_client').u8(),
    newRequireOsdRelease: d.at('new_require_osd_release').u8(),
  };
}

/** Flags by which releases before Luminous said what OSDs must be. */
const [JEWEL, KRAKEN, LUMINOUS] = [16, 17, 18] as const;

/** From before releases had numbers: the client's by name, that of OSDs by flags. */
function oldReleases(client: string, newFlags: number) {
  const named = RELEASES.indexOf(client);
  const has = (bit: number) => newFlags >= 0 && (newFlags & (1 << bit)) !== 0;
  const flagged = has(LUMINOUS) ? 'luminous' : has(KRAKEN) ? 'kraken' : has(JEWEL) ? 'jewel' : 'unknown';
  return {
    newRequireMinCompatClient: named > 0 ? named : NO_RELEASE,
    newRequireOsdRelease: RELEASES.indexOf(flagged),
  };
}

function decodeNewest(d: Decoder, version: number) {
  return {
    newCrushNodeFlags: version >= 8 ? decodeNumbers(d.at('new_crush_node_flags')) : new Map<number, number>(),
    newDeviceClassFlags: version >= 9 ? decodeNumbers(d.at('new_device_class_flags')) : new Map<number, number>(),
    stretch: version >= 10 ? decodeStretch(d.at('stretch_mode')) : null,
    newRangeBlocklist: version >= 11 ? d.at('new_range_blocklist').list(decodeBlocked, BUILT_BYTES.blocked) : [],
    oldRangeBlocklist: version >= 11 ? d.at('old_range_blocklist').list(decodeAddress, BUILT_BYTES.address) : [],
    mutateAllowCrimson: version >= 12 ? d.at('mutate_allow_crimson').u8() : 0,
  };
}

function decodeStretch(d: Decoder): StretchMode | null {
  const changed = d.bool();
  const [bucketCount, degraded, recovering, bucket] = [d.u32(), d.u32(), d.u32(), d.s32()];
  const enabled = d.bool();
  return changed ? { enabled, bucketCount, degraded, recovering, bucket } : null;
}
