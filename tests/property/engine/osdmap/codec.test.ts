import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CephError } from '../../../../src/engine/base/errno.ts';
import { crc32c } from '../../../../src/engine/codec/crc32c.ts';
import { initialOsdMap, newPool } from '../../../../src/engine/osdmap/build.ts';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import { encodeOsdMap } from '../../../../src/engine/osdmap/encode.ts';
import { type MapExtra, type OsdExtra, PLAIN_MAP, PLAIN_OSD, PLAIN_POOL } from '../../../../src/engine/osdmap/extra.ts';
import type { OsdMap, PgPool } from '../../../../src/engine/osdmap/osd-map.ts';

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const fixed = fc.integer({ min: 0, max: 0x10000 });
const pgId = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(255))
  .map(([pool, seed]) => `${pool}.${seed.toString(16)}`);
const osdId = fc.integer({ min: -1, max: 20 });
const word = fc.stringMatching(/^[a-z_]{1,12}$/);
const time = fc.record({ seconds: u32, nanos: fc.nat(999_999_999) });

function mapOf<K, V>(key: fc.Arbitrary<K>, value: fc.Arbitrary<V>): fc.Arbitrary<Map<K, V>> {
  return fc.array(fc.tuple(key, value), { maxLength: 5 }).map((entries) => new Map(entries));
}

const address = fc.record({
  type: fc.nat(4),
  nonce: u32,
  socket: fc.constantFrom(0, 2, 16, 28).chain((size) => fc.uint8Array({ minLength: size, maxLength: size })),
});

const osdExtra: fc.Arbitrary<OsdExtra> = fc.record({
  stateBits: fc.constantFrom(0, 4, 8, 0x900),
  addresses: fc.record({
    public: fc.array(address, { maxLength: 2 }),
    cluster: fc.array(address, { maxLength: 2 }),
    heartbeatBack: fc.constant([]),
    heartbeatFront: fc.array(address, { maxLength: 1 }),
  }),
  downStamp: time,
  laggyProbability: u32,
  laggyInterval_s: u32,
  features: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }).map(String),
  oldWeight: fixed,
  lastPurgedSnapsScrub: time,
  deadEpoch: u32,
});

const osd = fc.record({
  uuid: fc.uuid(),
  up: fc.boolean(),
  weight: fixed,
  primaryAffinity: fixed,
  destroyed: fc.boolean(),
  upFrom: u32,
  upThru: u32,
  downAt: u32,
  lostAt: u32,
  lastCleanBegin: u32,
  lastCleanEnd: u32,
  extra: osdExtra,
});

const pool: fc.Arbitrary<PgPool> = fc
  .record({
    id: fc.integer({ min: 1, max: 1000 }),
    name: word,
    pgNum: fc.integer({ min: 1, max: 1000 }),
    type: fc.constantFrom<PgPool['type']>('replicated', 'erasure'),
    options: mapOf(fc.constantFrom('pg_num_min', 'csum_type'), fc.nat()),
    applications: mapOf(word, mapOf(word, word)),
    autoscaleMode: fc.constantFrom<PgPool['autoscaleMode']>('on', 'off', 'warn', 'unknown'),
    nonprimaryShards: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    tierOf: fc.integer({ min: -1, max: 9 }),
    rest_ns: fc.nat(999),
    peering: fc.option(fc.record({ bucketCount: u32, bucketTarget: u32, bucketBarrier: u32, mandatoryMember: u32 })),
  })
  .map(({ nonprimaryShards, tierOf, rest_ns, peering, ...rest }) => ({
    ...newPool({ ...rest, size: 3, epoch: 7, now_us: 1_800_000_000_000_001 }),
    ...rest,
    extra: { ...PLAIN_POOL, nonprimaryShards, tierOf, peering, createdRest_ns: rest_ns },
  }));

const mapExtra: fc.Arbitrary<MapExtra> = fc
  .record({
    createdRest_ns: fc.nat(999),
    modifiedRest_ns: fc.nat(999),
    lastUpChange: time,
    lastInChange: time,
    blocklist: fc.array(fc.record({ address, until: time }), { maxLength: 3 }),
    rangeBlocklist: fc.array(fc.record({ address, until: time }), { maxLength: 1 }),
    clusterSnapshot: word,
    crushNodeFlags: mapOf(fc.integer({ min: -9, max: 9 }), fc.nat(0xfff)),
    deviceClassFlags: mapOf(fc.nat(3), fc.nat(0xfff)),
    allowCrimson: fc.boolean(),
    msrTunables: fc.boolean(),
    newRemovedSnaps: mapOf(fc.nat(9), fc.constant([{ off: 1, len: 2 }])),
  })
  .map((some) => ({ ...PLAIN_MAP, affinities: true, ...some }));

const anyMap: fc.Arbitrary<OsdMap> = fc
  .record({
    epoch: u32,
    pools: fc.array(pool, { maxLength: 4 }).map((pools) => new Map(pools.map((each) => [each.id, each]))),
    osds: fc.array(osd, { minLength: 4, maxLength: 4 }),
    pgTemp: mapOf(pgId, fc.array(osdId, { maxLength: 4 })),
    primaryTemp: mapOf(pgId, osdId),
    pgUpmap: mapOf(pgId, fc.array(osdId, { maxLength: 4 })),
    pgUpmapItems: mapOf(pgId, fc.array(fc.tuple(osdId, osdId), { maxLength: 3 })),
    pgUpmapPrimaries: mapOf(pgId, osdId),
    fullRatio: fc.nat(1000).map((parts) => parts / 1000),
    extra: mapExtra,
  })
  .map((some) => ({
    ...initialOsdMap({ fsid: '00112233-4455-6677-8899-aabbccddeeff', created_us: 0, osds: 4, osdsPerHost: 2 }),
    ...some,
  }));

test('what is written is read again as it was, and written as before', () => {
  fc.assert(
    fc.property(anyMap, (map) => {
      const bytes = encodeOsdMap(map);
      const again = decodeOsdMap(bytes);
      const { crush: _, minCompatClient: __, ...expected } = map;
      expect(again).toMatchObject(expected);
      expect(Buffer.from(encodeOsdMap(again)).equals(bytes)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('an OSD that does not exist keeps its place', () => {
  fc.assert(
    fc.property(anyMap, fc.nat(3), (map, id) => {
      const gone = { ...map.osds[id], weight: 7, extra: { ...PLAIN_OSD, stateBits: 0 } };
      const { up: _, destroyed: __, uuid = '', ...vacancy } = gone;
      const whole = { ...vacancy, uuid, primaryAffinity: 3, upFrom: 1, upThru: 2, downAt: 3, lostAt: 4 };
      const vacant = new Map([[id, { ...whole, lastCleanBegin: 5, lastCleanEnd: 6 }]]);
      const osds = map.osds.map((each, at) => (at === id ? undefined : each));
      const again = decodeOsdMap(encodeOsdMap({ ...map, osds, extra: { ...PLAIN_MAP, affinities: true, vacant } }));
      expect(again.osds[id]).toBeUndefined();
      expect(again.extra?.vacant).toEqual(vacant);
    }),
    { numRuns: 50 },
  );
});

const RECORDED = [
  'story-a-osdmap.bin.gz',
  'choose-args/osdmap.bin.gz',
  'upmaps/osdmap.bin.gz',
  'temps/osdmap.bin.gz',
].map(
  (name) =>
    new Uint8Array(gunzipSync(readFileSync(new URL(`../../../conformance/placement/${name}`, import.meta.url)))),
);

const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);
const CRC_BYTES = 4;
/** No such damaged map takes longer; most take less than a millisecond. */
const MOST_MS = 2000;

function withCrc(bytes: Uint8Array): Uint8Array {
  const at = bytes.length - CRC_BYTES;
  new DataView(bytes.buffer).setUint32(at, crc32c(-1, bytes, 0, at), true);
  return bytes;
}

const change = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({
    kind: fc.constant('word' as const),
    at: fc.nat(),
    value: fc.constantFrom(0, 1, 0x7fffffff, 0xffffffff, 0x10000),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), value: fc.nat(64) }),
);

function damaged(whole: Uint8Array, changes: readonly { kind: string; at: number; value: number }[]): Uint8Array {
  let bytes = new Uint8Array(whole);
  for (const { kind, at, value } of changes) {
    const place = at % (bytes.length - 8);
    if (kind === 'byte') bytes[place] = value;
    else if (kind === 'word') new DataView(bytes.buffer).setUint32(place, value, true);
    else bytes = new Uint8Array([...bytes.subarray(0, place), ...bytes.subarray(place + value)]);
    if (bytes.length < 64) return bytes;
  }
  return withCrc(bytes);
}

test('a damaged map whose checksum is right is refused with the offset, or is a map that can be written', () => {
  let [refused, read] = [0, 0];
  fc.assert(
    fc.property(fc.nat(RECORDED.length - 1), fc.array(change, { minLength: 1, maxLength: 4 }), (which, changes) => {
      const bytes = damaged(RECORDED[which] ?? new Uint8Array(), changes);
      const start = performance.now();
      try {
        const map = decodeOsdMap(bytes);
        expect(decodeOsdMap(encodeOsdMap(map)).epoch).toBe(map.epoch);
        read++;
      } catch (error) {
        expect(error).toBeInstanceOf(CephError);
        expect(String(error)).toMatch(/byte \d+: /);
        refused++;
      }
      expect(performance.now() - start).toBeLessThan(MOST_MS);
    }),
    { numRuns: RUNS },
  );
  expect(refused).toBeGreaterThan(RUNS / 10);
  expect(read).toBeGreaterThan(RUNS / 10);
});
