import { type Encoder, encode } from '../../../src/engine/codec/denc.ts';
import { decodeCrushMap } from '../../../src/engine/crush/decode.ts';
import { newPool } from '../../../src/engine/osdmap/build.ts';
import { decodeOsdMap } from '../../../src/engine/osdmap/decode.ts';
import { encodeOsdMap } from '../../../src/engine/osdmap/encode.ts';
import { encodePool } from '../../../src/engine/osdmap/encode-pool.ts';
import { mapAroundCrush } from '../../../src/engine/osdmap/from-crush.ts';
import { PLAIN_INCREMENTAL } from '../../../src/engine/osdmap/incremental.ts';
import { applyIncremental } from '../../../src/engine/osdmap/incremental-apply.ts';
import { decodeIncremental } from '../../../src/engine/osdmap/incremental-decode.ts';
import { encodePgId } from '../../../src/engine/osdmap/pg-wire.ts';
import { BUILT_BYTES, MAX_OSDS } from '../../../src/engine/osdmap/wire.ts';
import { EMPTY } from './crush-inputs.ts';
import { filled, type Hostile, MIB, zeros } from './hostile.ts';

/** Names of the fields of a part of a map, with what they are where nothing is in them. */
type Fields = readonly (readonly [name: string, plain: number | Uint8Array])[];

const CLIENT: Fields = [
  ...([
    ['head', 36],
    ['pools', 4],
    ['pool_name', 4],
    ['pool_max', 4],
    ['flags', 4],
    ['max_osd', 4],
  ] as const),
  ...([
    ['osd_state', 4],
    ['osd_weight', 4],
    ['client_addrs', 4],
    ['pg_temp', 4],
    ['primary_temp', 4],
  ] as const),
  ...([
    ['primary_affinity', 4],
    ['crush', encode((e) => e.blob(EMPTY))],
    ['erasure_code_profiles', 4],
  ] as const),
  ...([
    ['pg_upmap', 4],
    ['pg_upmap_items', 4],
    ['crush_version', 4],
    ['new_removed_snaps', 4],
  ] as const),
  ...([
    ['new_purged_snaps', 4],
    ['times', 16],
    ['pg_upmap_primaries', 4],
  ] as const),
];
const OSD: Fields = [
  ...([
    ['hb_back_addrs', 4],
    ['osd_info', 4],
    ['blocklist', 4],
    ['cluster_addrs', 4],
    ['snapshot', 8],
  ] as const),
  ...([
    ['osd_uuid', 4],
    ['osd_xinfo', 4],
    ['hb_front_addrs', 4],
    ['ratios', 12],
    ['releases', 2],
  ] as const),
  ...([
    ['removed_snaps_queue', 4],
    ['flags', 8],
    ['stretch', 17],
    ['range_blocklist', 4],
    ['crimson', 1],
  ] as const),
];
const CHANGES: Fields = [
  ...([
    ['head', 52],
    ['new_pools', 4],
    ['new_pool_names', 4],
    ['old_pools', 4],
    ['new_up_client', 4],
  ] as const),
  ...([
    ['new_state', 4],
    ['new_weight', 4],
    ['new_pg_temp', 4],
    ['new_primary_temp', 4],
  ] as const),
  ...([
    ['new_primary_affinity', 4],
    ['new_profiles', 4],
    ['old_profiles', 4],
    ['new_pg_upmap', 4],
  ] as const),
  ...([
    ['old_pg_upmap', 4],
    ['new_pg_upmap_items', 4],
    ['old_pg_upmap_items', 4],
    ['rest', 32],
  ] as const),
];

/** A part with one of its fields as it is given. */
function part(fields: Fields, name: string, content: Uint8Array): Uint8Array {
  return encode((e) => {
    for (const [each, plain] of fields) {
      if (each === name) e.raw(content);
      else e.raw(typeof plain === 'number' ? new Uint8Array(plain) : plain);
    }
  });
}

/** Structures around the parts. */
function mapOf(
  client: Uint8Array,
  osd: Uint8Array = new Uint8Array(),
  versions: readonly [number, number] = [10, 12],
): Uint8Array {
  return encode((e) =>
    e.struct(8, 7, (outer) => {
      outer.struct(versions[0], 1, (inner) => inner.raw(client));
      if (osd.length > 0) outer.struct(versions[1], 1, (inner) => inner.raw(osd)).u32(0);
    }),
  );
}

/** Below what may be built of a map, and what a map may be. */
const [BUILT, MOST] = [95 * MIB, 16 * MIB - 1000] as const;

/** As many entries as may be: each of so many bytes, and of so many once it is built; with their number. */
function entries(bytes: number, built_bytes: number, entry: (e: Encoder, at: number) => void): Uint8Array {
  const count = Math.floor(Math.min(MOST / bytes, BUILT / built_bytes));
  return encode((e) => {
    e.u32(count);
    for (let at = 0; at < count; at++) entry(e, at);
  });
}

const pg = (e: Encoder, at: number) => encodePgId(e, { pool: at >>> 16, seed: at & 0xffff });
const numberByPg = () => entries(21, BUILT_BYTES.byPg, (e, at) => pg(e, at) ?? e.u32(0));
const byPg = () => entries(21, BUILT_BYTES.listByPg, (e, at) => pg(e, at) ?? e.u32(0));
const byPgWithOne = (bytes: number, built_bytes: number) => () =>
  entries(21 + bytes, BUILT_BYTES.listByPg + built_bytes, (e, at) => {
    pg(e, at);
    e.u32(1).raw(new Uint8Array(bytes));
  });
const snaps = () => entries(12, BUILT_BYTES.snapsByPool, (e, at) => e.s64(at).u32(0));
const intervals = () =>
  encode((e) =>
    e
      .u32(1)
      .s64(1)
      .raw(entries(16, BUILT_BYTES.interval, (each, at) => each.u64(2 * at).u64(1))),
  );
const profiles = () => entries(13, BUILT_BYTES.strings, (e, at) => e.string(at.toString(36).padStart(5, '0')).u32(0));
/** The shortest address, and one with a moment. */
const address = (e: Encoder) => e.u8(1).struct(1, 1, (each) => each.u32(2).u32(0).u32(0));
const blocked = () => entries(27, BUILT_BYTES.blocked, (e) => address(e).raw(new Uint8Array(8)));
/** The addresses of one OSD. */
const addresses = () =>
  encode((e) =>
    e
      .u32(1)
      .u8(2)
      .raw(entries(19, BUILT_BYTES.address, address)),
  );

const map = mapAroundCrush(decodeCrushMap(EMPTY));

/** Pools with nothing in them. */
function pools(count: number): Uint8Array {
  const plain = newPool({ id: 1, name: '', pgNum: 1, size: 1, epoch: 1, now_us: 0 });
  const pool = encode((e) => encodePool(e, { ...plain, applications: new Map(), options: new Map() }));
  return encode((e) => e.list([...Array(count).keys()], (each, at) => each.s64(at + 1).raw(pool)));
}

/** An empty map with so many places for OSDs, which a few bytes ask for; written and read again. */
function grown(maxOsd: number): unknown {
  const next = applyIncremental(map, { ...PLAIN_INCREMENTAL, fsid: map.fsid, epoch: 2, newMaxOsd: maxOsd });
  return encodeOsdMap(decodeOsdMap(encodeOsdMap(next)));
}

function manyOsds(count: number, states = count): Uint8Array {
  return mapOf(
    encode((e) => {
      e.raw(new Uint8Array(52)).s32(count).u32(states);
      e.raw(new Uint8Array(4 * states))
        .u32(states)
        .raw(new Uint8Array(4 * states));
    }),
  );
}

const inClient = (name: string, content: () => Uint8Array) => () =>
  mapOf(part(CLIENT, name, content()), part(OSD, '', new Uint8Array()));
const inOsd = (name: string, content: () => Uint8Array) => () =>
  mapOf(part(CLIENT, '', new Uint8Array()), part(OSD, name, content()));
const inChanges = (name: string, content: () => Uint8Array) => () =>
  mapOf(part(CHANGES, name, content()), new Uint8Array(200), [9, 12]);
const head = (content: () => Uint8Array) => () => mapOf(encode((e) => e.raw(new Uint8Array(36)).raw(content())));

const maps: readonly (readonly [name: string, make: () => Uint8Array])[] = [
  ['2^32 - 1 pools', head(() => new Uint8Array(1004).fill(255, 0, 4))],
  ['pools of nothing', head(() => encode((e) => e.u32(1_500_000).raw(new Uint8Array(12_000_000))))],
  ['as many pools as may be', inClient('pools', () => pools(33_000))],
  ['more pools than may be', inClient('pools', () => pools(40_000))],
  ['names of pools', inClient('pool_name', () => entries(13, BUILT_BYTES.text, (e, at) => e.s64(at).string('x')))],
  ['OSDs as many as bytes', () => manyOsds(3_000_000)],
  ['max_osd 2^31 - 1', () => manyOsds(0x7fffffff, 0)],
  ['addresses of one OSD', inClient('client_addrs', addresses)],
  ['pg_temp', inClient('pg_temp', byPg)],
  ['pg_temp of one OSD', inClient('pg_temp', byPgWithOne(4, 24))],
  ['primary_temp', inClient('primary_temp', numberByPg)],
  ['profiles', inClient('erasure_code_profiles', profiles)],
  ['upmaps', inClient('pg_upmap', byPg)],
  ['upmaps of one pair', inClient('pg_upmap_items', byPgWithOne(8, BUILT_BYTES.number))],
  ['snapshots by pool', inClient('new_removed_snaps', snaps)],
  ['snapshots of a pool', inClient('new_purged_snaps', intervals)],
  ['blocklist', inOsd('blocklist', blocked)],
  ['osd_info', inOsd('osd_info', () => entries(25, BUILT_BYTES.osd, (e) => e.raw(new Uint8Array(25))))],
  ['uuids', inOsd('osd_uuid', () => entries(16, BUILT_BYTES.osd, (e, at) => e.u32(at).raw(new Uint8Array(12))))],
  [
    'osd_xinfo',
    inOsd('osd_xinfo', () => entries(22, BUILT_BYTES.note, (e) => e.struct(1, 1, (x) => x.raw(new Uint8Array(16))))),
  ],
  ['too large', zeros(40 * MIB)],
];

const changes: readonly (readonly [name: string, make: () => Uint8Array])[] = [
  ['a list of 2^32 - 1', () => mapOf(filled(1000, '\xff')())],
  ['zeros', () => mapOf(new Uint8Array(15 * MIB))],
  ['pools', inChanges('new_pools', () => pools(33_000))],
  [
    'addresses of OSDs',
    inChanges('new_up_client', () => entries(9, BUILT_BYTES.addresses, (e, at) => e.s32(at).u8(2).u32(0))),
  ],
  ['states of OSDs', inChanges('new_state', () => entries(8, BUILT_BYTES.osd, (e, at) => e.s32(at).u32(1)))],
  ['pg_temp', inChanges('new_pg_temp', byPg)],
  ['profiles', inChanges('new_profiles', profiles)],
  ['profiles that go', inChanges('old_profiles', () => entries(5, BUILT_BYTES.text, (e) => e.string('x')))],
  ['upmaps that go', inChanges('old_pg_upmap', () => entries(17, BUILT_BYTES.number, pg))],
];

export const OSDMAP_INPUTS: readonly Hostile[] = [
  ...maps.map(([name, make]) => ({ name: `osdmap: ${name}`, make, read: decodeOsdMap })),
  ...changes.map(([name, make]) => ({ name: `incremental: ${name}`, make, read: decodeIncremental })),
  ...[MAX_OSDS, MAX_OSDS + 1].map((count) => ({
    name: `incremental: ${count} OSDs, written and read`,
    make: zeros(0),
    read: () => grown(count),
  })),
];
