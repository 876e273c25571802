import { hexOf } from '../base/bytes.ts';
import { CephError } from '../base/errno.ts';
import type { IntervalSet } from '../base/interval-set.ts';
import { Decoder } from '../codec/denc.ts';
import { decodeCrushMap } from '../crush/decode.ts';
import { ONE } from '../crush/fixed.ts';
import { minCompatClientOf } from './compat.ts';
import { decodeIntervals, decodePool } from './decode-pool.ts';
import { flagNames, MAP_FLAGS, RELEASES } from './names.ts';
import type { OsdInfo, OsdMap, PgPool } from './osd-map.ts';
import { pgIdText } from './pg-id.ts';

/** OSD state bits. @ceph src/include/rados.h CEPH_OSD_EXISTS and its like */
const [EXISTS, UP, DESTROYED] = [1, 2, 128] as const;

/**
 * Reads a binary OSDMap, as `ceph osd getmap` gives it. Addresses, blocklist and stretch mode are passed over.
 * Errors: EINVAL with the offset where bytes make no sense, EOPNOTSUPP for a CRUSH map with MSR rules.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::decode — encodings of Nautilus and newer; the CRC is not checked
 */
export function decodeOsdMap(bytes: Uint8Array): OsdMap {
  return new Decoder(bytes).struct(8, (decoder, version) => {
    if (version < 8) throw new CephError('EINVAL', `at byte 0: OSD map encoding ${version} is older than 8`);
    const { states, weights, affinities, ...client } = decoder.struct(10, decodeClientPart);
    const { infos, uuids, ...rest } = decoder.struct(12, decodeOsdPart);
    const osds = states.map((state, id): OsdInfo | undefined => {
      if ((state & EXISTS) === 0) return undefined;
      return {
        ...(infos[id] ?? NO_INFO),
        uuid: uuids[id] ?? '',
        up: (state & UP) !== 0,
        destroyed: (state & DESTROYED) !== 0,
        weight: weights[id] ?? 0,
        primaryAffinity: affinities[id] ?? ONE,
      };
    });
    return { ...client, ...rest, osds, minCompatClient: minCompatClientOf(client) };
  });
}

function decodeClientPart(d: Decoder, version: number) {
  const fsid = uuid(d);
  const epoch = d.u32();
  const [created_us, modified_us] = [d.utime(), d.utime()];
  const pools = decodePools(d);
  const poolMax = d.s32();
  const flags = flagNames(d.u32(), MAP_FLAGS);
  const maxOsd = d.s32();
  const states = d.list((each) => each.u32());
  const weights = d.list((each) => each.u32());
  if (states.length !== maxOsd || weights.length !== maxOsd) {
    throw new CephError('EINVAL', `at byte ${d.offset}: ${states.length} OSDs where max_osd is ${maxOsd}`);
  }
  d.list(passAddresses);
  const pgTemp = byPg(d, (each) => each.list((osd) => osd.s32()));
  const primaryTemp = byPg(d, (each) => each.s32());
  const affinities = d.list((each) => each.u32());
  const crush = decodeCrushMap(d.blob());
  const erasureCodeProfiles = new Map(d.list((each) => [each.string(), stringPairs(each)] as const));
  const pgUpmap = byPg(d, (each) => each.list((osd) => osd.s32()));
  const pgUpmapItems = byPg(d, (each) => each.list((pair) => [pair.s32(), pair.s32()] as const));
  const crushVersion = version >= 6 ? d.s32() : 1;
  if (version >= 7) passSnapChanges(d);
  if (version >= 9) d.raw(8 + 8); // times of the last changes of up and in
  const pgUpmapPrimaries = version >= 10 ? byPg(d, (each) => each.s32()) : new Map<string, number>();
  return {
    ...{ fsid, epoch, created_us, modified_us, pools, poolMax, flags, maxOsd, states, weights, affinities },
    ...{ pgTemp, primaryTemp, pgUpmap, pgUpmapItems, pgUpmapPrimaries, crush, crushVersion, erasureCodeProfiles },
  };
}

function decodeOsdPart(d: Decoder) {
  d.list(passAddresses);
  const infos = d.list(decodeInfo);
  d.list((each) => {
    passAddress(each);
    return each.utime();
  });
  d.list(passAddresses);
  d.u32();
  d.string(); // the epoch and name of a cluster snapshot
  const uuids = d.list(uuid);
  d.list((each) => each.struct(5, () => undefined)); // laggy probabilities, features
  d.list(passAddresses);
  const [nearfullRatio, fullRatio, backfillfullRatio] = [ratio(d), ratio(d), ratio(d)];
  const requireMinCompatClient = RELEASES[d.u8()] ?? 'unknown';
  const requireOsdRelease = RELEASES[d.u8()] ?? 'unknown';
  const removedSnapsQueue = snapsByPool(d);
  return {
    ...{ infos, uuids, nearfullRatio, fullRatio, backfillfullRatio },
    ...{ requireMinCompatClient, requireOsdRelease, removedSnapsQueue },
  };
}

const NO_INFO = { upFrom: 0, upThru: 0, downAt: 0, lostAt: 0, lastCleanBegin: 0, lastCleanEnd: 0 };

function decodeInfo(d: Decoder) {
  d.u8(); // its version; it has no length
  const [lastCleanBegin, lastCleanEnd, upFrom, upThru] = [d.u32(), d.u32(), d.u32(), d.u32()];
  return { lastCleanBegin, lastCleanEnd, upFrom, upThru, downAt: d.u32(), lostAt: d.u32() };
}

/** Pools come before their names. */
function decodePools(d: Decoder): Map<number, PgPool> {
  const pools = d.list((each) => {
    const id = each.s64();
    return decodePool(each, id, '');
  });
  const names = new Map(d.list((each) => [each.s64(), each.string()] as const));
  return new Map(pools.map((pool) => [pool.id, { ...pool, name: names.get(pool.id) ?? '' }]));
}

/** A map by `pg_t`, whose 17 bytes are version, pool, seed and a preferred OSD of old. */
function byPg<T>(d: Decoder, value: (decoder: Decoder) => T): Map<string, T> {
  return new Map(
    d.list((each): [string, T] => {
      each.u8();
      const pg = pgIdText(each.s64(), each.u32());
      each.s32();
      return [pg, value(each)];
    }),
  );
}

function stringPairs(d: Decoder): Map<string, string> {
  return new Map(d.list((each) => [each.string(), each.string()] as const));
}

function snapsByPool(d: Decoder): Map<number, IntervalSet> {
  return new Map(d.list((each) => [each.s64(), decodeIntervals(each)] as const));
}

/** Snapshots removed and purged in this very epoch. */
function passSnapChanges(d: Decoder): void {
  snapsByPool(d);
  snapsByPool(d);
}

/** An `entity_addrvec_t`: after a byte 2 a list, after a byte 1 one address alone. */
function passAddresses(d: Decoder): void {
  const marker = d.u8();
  if (marker === 2) d.list(passAddress);
  else if (marker === 1) d.struct(1, () => undefined);
  else throw new CephError('EINVAL', `at byte ${d.offset}: address of kind ${marker}`);
}

function passAddress(d: Decoder): void {
  const marker = d.u8();
  if (marker !== 1) throw new CephError('EINVAL', `at byte ${d.offset}: address of kind ${marker}`);
  d.struct(1, () => undefined);
}

function uuid(d: Decoder): string {
  const hex = hexOf(d.raw(16));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A ratio, kept as a 32-bit float; rounded to the digits that it was set with. */
function ratio(d: Decoder): number {
  const bytes = d.raw(4);
  return Number(new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true).toPrecision(7));
}
