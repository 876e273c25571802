import { crc32c } from '../codec/crc32c.ts';
import { DecodeError } from '../codec/decode-error.ts';
import { Decoder } from '../codec/denc.ts';
import type { CrushMap } from '../crush/crush-map.ts';
import { decodeCrushMap } from '../crush/decode.ts';
import { encodeCrushMap } from '../crush/encode.ts';
import { ONE } from '../crush/fixed.ts';
import { minCompatClientOf } from './compat.ts';
import { decodeOsdPart, type LifeEpochs } from './decode-osds.ts';
import { decodePool } from './decode-pool.ts';
import { type EntityAddress, type MapExtra, NO_UUID, type OsdExtra, PLAIN_OSD, type VacantOsd } from './extra.ts';
import { flagNames, MAP_FLAGS, unnamedBits } from './names.ts';
import type { OsdInfo, OsdMap, PgPool } from './osd-map.ts';
import { OSD_STATE } from './osd-state.ts';
import { decodeByPg } from './pg-wire.ts';
import {
  BUILT_BYTES,
  decodeAddresses,
  decodeSnapsByPool,
  decodeStrings,
  decodeTime,
  decodeUuid,
  MAX_MAP_BYTES,
  MAX_OSDS,
  splitTime,
} from './wire.ts';

/** The newest encoding that is known, and the oldest that is read: of Bobtail, the first with lengths. */
const [NEWEST, OLDEST, FIRST_WITH_CRC] = [8, 7, 8] as const;

type ClientPart = ReturnType<typeof decodeClientPart>;
type OsdPart = ReturnType<typeof decodeOsdPart>;

/**
 * Reads a binary OSDMap, as `ceph osd getmap` gives it.
 * Errors: EINVAL with the offset where bytes make no sense or the checksum is wrong.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::decode — exact, without the encodings from before Bobtail
 */
export function decodeOsdMap(bytes: Uint8Array): OsdMap {
  const whole = new Decoder(bytes);
  if (bytes.length > MAX_MAP_BYTES) throw whole.fault('too-large', `an OSD map of ${bytes.length} bytes`);
  return whole.struct(NEWEST, (decoder, version) => {
    if (version < OLDEST) throw decoder.fault('corrupt', `OSD map encoding ${version} is older than ${OLDEST}`, 0);
    const client = decoder.at('client').struct(10, decodeClientPart);
    const rest = decoder.at('osd').struct(12, decodeOsdPart);
    if (version >= FIRST_WITH_CRC) checkCrc(decoder.at('crc'));
    return assembled(client, rest);
  });
}

/** The checksum is over all before it and all after it, to the end of the structure. */
export function checkCrc(d: Decoder): void {
  const at = d.offset;
  const expected = d.u32();
  const actual = crc32c(crc32c(-1, d.bytes, 0, at), d.bytes, d.offset, d.offset + d.remaining);
  if (actual !== expected) throw d.fault('corrupt', `bad crc, actual ${actual} != expected ${expected}`, at);
}

function decodeClientPart(d: Decoder, version: number) {
  const fsid = decodeUuid(d.at('fsid'));
  const epoch = d.at('epoch').u32();
  const [created, modified] = [decodeTime(d.at('created')), decodeTime(d.at('modified'))];
  const pools = decodePools(d);
  const poolMax = d.at('pool_max').s32();
  const flags = d.at('flags').u32();
  const maxOsd = d.at('max_osd').s32();
  if (maxOsd > MAX_OSDS) throw d.fault('too-large', `${maxOsd} OSDs`, d.offset - 4);
  const states = d.at('osd_state').list((each) => (version >= 5 ? each.u32() : each.u8()));
  const weights = d.at('osd_weight').list((each) => each.u32());
  if (states.length !== maxOsd || weights.length !== maxOsd) {
    throw d.fault('corrupt', `${states.length} OSDs where max_osd is ${maxOsd}`);
  }
  const addresses = d.at('client_addrs').list(decodeAddresses, BUILT_BYTES.addresses);
  const pgTemp = decodeByPg(d.at('pg_temp'), decodeOsdList, BUILT_BYTES.listByPg);
  const primaryTemp = decodeByPg(d.at('primary_temp'), decodeOsd, BUILT_BYTES.byPg);
  const affinities = version >= 2 ? d.at('primary_affinity').list((each) => each.u32()) : [];
  return {
    ...{ fsid, epoch, created, modified, ...pools, poolMax, flags, maxOsd, states, weights, addresses },
    ...{ pgTemp, primaryTemp, affinities, ...decodeCrushAndLater(d, version) },
  };
}

function decodeCrushAndLater(d: Decoder, version: number) {
  const noPgs = new Map<string, never>();
  const noTime = { seconds: 0, nanos: 0 };
  return {
    ...decodeCrush(d.at('crush')),
    erasureCodeProfiles: version >= 3 ? decodeProfiles(d.at('erasure_code_profiles')) : new Map<string, never>(),
    pgUpmap: version >= 4 ? decodeByPg(d.at('pg_upmap'), decodeOsdList, BUILT_BYTES.listByPg) : noPgs,
    pgUpmapItems: version >= 4 ? decodeByPg(d.at('pg_upmap_items'), decodePairs, BUILT_BYTES.listByPg) : noPgs,
    crushVersion: version >= 6 ? d.at('crush_version').s32() : 1,
    newRemovedSnaps: version >= 7 ? decodeSnapsByPool(d.at('new_removed_snaps')) : new Map<number, never>(),
    newPurgedSnaps: version >= 7 ? decodeSnapsByPool(d.at('new_purged_snaps')) : new Map<number, never>(),
    lastUpChange: version >= 9 ? decodeTime(d.at('last_up_change')) : noTime,
    lastInChange: version >= 9 ? decodeTime(d.at('last_in_change')) : noTime,
    pgUpmapPrimaries:
      version >= 10 ? decodeByPg(d.at('pg_upmap_primaries'), decodeOsd, BUILT_BYTES.byPg) : new Map<string, number>(),
  };
}

/** Erasure code profiles by their names. */
export function decodeProfiles(d: Decoder): Map<string, Map<string, string>> {
  return d.map(
    (each) => each.at('name').string(),
    (each) => decodeStrings(each.at('profile')),
    BUILT_BYTES.strings,
  );
}

export function decodeOsd(d: Decoder): number {
  return d.s32();
}

export function decodeOsdList(d: Decoder): number[] {
  return d.at('osds').list(decodeOsd);
}

export function decodePairs(d: Decoder): (readonly [number, number])[] {
  return d.at('mappings').list((pair) => [pair.s32(), pair.s32()] as const, BUILT_BYTES.number);
}

/** The last bytes of a CRUSH map as the tools write it. */
const MSR_BYTES = 8;

function decodeCrush(d: Decoder): { crush: CrushMap; msrTunables: boolean } {
  const bytes = d.blob();
  const crush = decodeCrushIn(bytes, d.offset - bytes.length);
  return { crush, msrTunables: hasMsrTunables(crush, bytes) };
}

/** True where the bytes of a CRUSH map have its MSR tunables. */
function hasMsrTunables(crush: CrushMap, bytes: Uint8Array): boolean {
  const tail = new Decoder(bytes.subarray(Math.max(0, bytes.length - MSR_BYTES)));
  const { msrDescents, msrCollisionTries } = crush.tunables;
  return (
    tail.remaining === MSR_BYTES &&
    tail.u32() === msrDescents &&
    tail.u32() === msrCollisionTries &&
    encodeCrushMap(crush).length === bytes.length
  );
}

/** The CRUSH map that stands from byte `at` on; errors tell offset and field of the whole. */
export function decodeCrushIn(bytes: Uint8Array, at: number): CrushMap {
  try {
    return decodeCrushMap(bytes);
  } catch (error) {
    throw error instanceof DecodeError ? error.within(at, 'crush') : error;
  }
}

/** Pools come before their names. */
function decodePools(d: Decoder): { pools: Map<number, PgPool>; strayPoolNames: Map<number, string> } {
  const pools = d.at('pools').list((each) => decodePool(each, each.at('id').s64(), ''), BUILT_BYTES.pool);
  const names = decodePoolNames(d.at('pool_name'));
  // What is left of the names are those of no pool.
  const named = new Map(pools.map((pool) => [pool.id, { ...pool, name: names.get(pool.id) ?? '' }]));
  for (const id of named.keys()) names.delete(id);
  return { pools: named, strayPoolNames: names };
}

export function decodePoolNames(d: Decoder): Map<number, string> {
  return d.map(
    (each) => each.s64(),
    (each) => each.string(),
    BUILT_BYTES.text,
  );
}

function assembled(client: ClientPart, rest: OsdPart): OsdMap {
  const { osds, vacant } = decodedOsds(client, rest);
  const [created, modified] = [splitTime(client.created), splitTime(client.modified)];
  const { fsid, epoch, pools, poolMax, maxOsd, pgTemp, primaryTemp, pgUpmap, pgUpmapItems, pgUpmapPrimaries } = client;
  const { crush, crushVersion, erasureCodeProfiles } = client;
  const { nearfullRatio, fullRatio, backfillfullRatio, requireMinCompatClient, requireOsdRelease } = rest;
  return {
    ...{ fsid, epoch, created_us: created.at_us, modified_us: modified.at_us, pools, poolMax, maxOsd, osds },
    ...{ pgTemp, primaryTemp, pgUpmap, pgUpmapItems, pgUpmapPrimaries, crush, crushVersion, erasureCodeProfiles },
    flags: flagNames(client.flags, MAP_FLAGS),
    ...{ requireMinCompatClient, minCompatClient: minCompatClientOf({ ...client, osds }), requireOsdRelease },
    ...{ fullRatio, backfillfullRatio, nearfullRatio, removedSnapsQueue: rest.removedSnapsQueue },
    extra: extraOf(client, rest, vacant, created.rest_ns, modified.rest_ns),
  };
}

function extraOf(
  client: ClientPart,
  rest: OsdPart,
  vacant: ReadonlyMap<number, VacantOsd>,
  createdRest_ns: number,
  modifiedRest_ns: number,
): MapExtra {
  const { lastUpChange, lastInChange, newRemovedSnaps, newPurgedSnaps, strayPoolNames, msrTunables } = client;
  const { blocklist, rangeBlocklist, clusterSnapshotEpoch, clusterSnapshot } = rest;
  const { crushNodeFlags, deviceClassFlags, stretch, allowCrimson } = rest;
  return {
    ...{ createdRest_ns, modifiedRest_ns, lastUpChange, lastInChange, newRemovedSnaps, newPurgedSnaps },
    ...{ blocklist, rangeBlocklist, clusterSnapshotEpoch, clusterSnapshot, crushNodeFlags, deviceClassFlags },
    ...{ stretch, allowCrimson, strayPoolNames, vacant, msrTunables },
    flagBits: unnamedBits(client.flags, MAP_FLAGS),
    affinities: client.affinities.length > 0,
  };
}

/** The OSDs, and what stands in the places of those that do not exist. */
function decodedOsds(client: ClientPart, rest: OsdPart) {
  const vacant = new Map<number, VacantOsd>();
  const osds = client.states.map((state, id): OsdInfo | undefined => {
    const { upFrom, upThru, downAt, lostAt, lastCleanBegin, lastCleanEnd } = rest.infos[id] ?? NO_LIFE;
    // Every field by its name: spreading objects of 10,000 OSDs takes as long as all else of the map.
    const base = {
      upFrom,
      upThru,
      downAt,
      lostAt,
      lastCleanBegin,
      lastCleanEnd,
      uuid: rest.uuids[id] ?? NO_UUID,
      weight: client.weights[id] ?? 0,
      primaryAffinity: client.affinities[id] ?? ONE,
      extra: osdExtra(client, rest, id, state),
      up: (state & OSD_STATE.up) !== 0,
      destroyed: (state & OSD_STATE.destroyed) !== 0,
    };
    if ((state & OSD_STATE.exists) !== 0) return base;
    const { up: _up, destroyed: _destroyed, ...there } = base;
    vacant.set(id, there);
    return undefined;
  });
  return { osds, vacant };
}

const NO_LIFE: LifeEpochs = { upFrom: 0, upThru: 0, downAt: 0, lostAt: 0, lastCleanBegin: 0, lastCleanEnd: 0 };
const NO_ADDRESS: readonly EntityAddress[] = [];

function osdExtra(client: ClientPart, rest: OsdPart, id: number, state: number): OsdExtra {
  const note = rest.notes[id] ?? PLAIN_OSD;
  return {
    downStamp: note.downStamp,
    laggyProbability: note.laggyProbability,
    laggyInterval_s: note.laggyInterval_s,
    features: note.features,
    oldWeight: note.oldWeight,
    lastPurgedSnapsScrub: note.lastPurgedSnapsScrub,
    deadEpoch: note.deadEpoch,
    stateBits: otherStateBits(state),
    addresses: {
      public: client.addresses[id] ?? NO_ADDRESS,
      cluster: rest.cluster[id] ?? NO_ADDRESS,
      heartbeatBack: rest.heartbeatBack[id] ?? NO_ADDRESS,
      heartbeatFront: rest.heartbeatFront[id] ?? NO_ADDRESS,
    },
  };
}

/** Of an OSD that does not exist, all bits. */
function otherStateBits(state: number): number {
  return (state & OSD_STATE.exists) === 0
    ? state
    : (state & ~(OSD_STATE.exists | OSD_STATE.up | OSD_STATE.destroyed)) >>> 0;
}
