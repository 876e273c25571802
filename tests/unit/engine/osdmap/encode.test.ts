import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync, unzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bytesOfHex, hexOf } from '../../../../src/engine/base/bytes.ts';
import { Decoder, encode } from '../../../../src/engine/codec/denc.ts';
import { initialOsdMap } from '../../../../src/engine/osdmap/build.ts';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import { decodePool } from '../../../../src/engine/osdmap/decode-pool.ts';
import { encodeOsdMap } from '../../../../src/engine/osdmap/encode.ts';
import { encodePool } from '../../../../src/engine/osdmap/encode-pool.ts';
import { PLAIN_MAP } from '../../../../src/engine/osdmap/extra.ts';

const HERE = new URL('../../../conformance/', import.meta.url);
const maps = readdirSync(new URL('placement/', HERE), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('osdmap.bin.gz'))
  .sort();

function recordedMap(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(new URL(`placement/${name}`, HERE))));
}

function dencoder(type: string): { hex: string }[] {
  return JSON.parse(readFileSync(new URL(`dencoder/${type}.json`, HERE), 'utf8')).tests;
}

describe('a map that was read is written as it was', () => {
  test.each(maps)('%s', (name) => {
    const bytes = recordedMap(name);
    const written = encodeOsdMap(decodeOsdMap(bytes));
    expect(Buffer.from(written).equals(bytes)).toBe(true);
  });

  test('of the maps that clusters began with', () => {
    const folder = new URL('transcripts/', HERE);
    const names = readdirSync(folder).filter((name) => /\.json(\.gz)?$/.test(name));
    let compared = 0;
    for (const name of names) {
      const raw = readFileSync(new URL(name, folder));
      const { cluster } = JSON.parse((name.endsWith('.gz') ? gunzipSync(raw) : raw).toString());
      if (cluster?.osdmap_gz_b64 === undefined) continue;
      const bytes = new Uint8Array(unzipSync(Buffer.from(cluster.osdmap_gz_b64, 'base64')));
      const map = decodeOsdMap(bytes);
      // What 16.2 wrote is read, and written as 20.2 does.
      if (name.startsWith('legacy-')) expect(decodeOsdMap(encodeOsdMap(map)).osds, name).toEqual(map.osds);
      else expect(Buffer.from(encodeOsdMap(map)).equals(bytes), name).toBe(true);
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  });

  test('pools of the test instances', () => {
    for (const { hex } of dencoder('pg_pool_t')) {
      const pool = decodePool(new Decoder(bytesOfHex(hex)), 5, 'p');
      expect(hexOf(encode((encoder) => encodePool(encoder, pool)))).toBe(hex);
    }
  });

  test('maps of the test instances', () => {
    for (const { hex } of dencoder('OSDMap')) expect(hexOf(encodeOsdMap(decodeOsdMap(bytesOfHex(hex))))).toBe(hex);
  });
});

test('a map that was never bytes is written and read again as the same map', () => {
  const map = initialOsdMap({
    fsid: '4a1e7ab0-5eed-4cef-8000-0000000c0ffe',
    created_us: 1_800_000_000_123_456,
    osds: 9,
    osdsPerHost: 3,
  });
  const again = decodeOsdMap(encodeOsdMap(map));
  const plain = (each: typeof map) => ({
    ...each,
    pools: [...each.pools.values()].map((pool) => ({ ...pool, extra: undefined, options: [...pool.options].sort() })),
    osds: each.osds.map((osd) => ({ ...osd, extra: undefined })),
    crush: { ...each.crush, maxBuckets: undefined, maxRules: undefined, strayRuleNames: undefined },
    extra: undefined,
  });
  expect(plain(again)).toEqual(plain(map));
  expect(Buffer.from(encodeOsdMap(again)).equals(encodeOsdMap(map))).toBe(true);
});

test('tools write the MSR tunables, monitors do not', () => {
  const map = decodeOsdMap(recordedMap('temps/osdmap.bin.gz'));
  const [tool, monitor] = [encodeOsdMap(map, 'tool'), encodeOsdMap(map, 'monitor')];
  expect(tool.length - monitor.length).toBe(8);
  expect(decodeOsdMap(tool).extra).toEqual({ ...(map.extra ?? PLAIN_MAP), msrTunables: true });
});

test('a byte that is not as it was is found by the checksum', () => {
  const bytes = recordedMap('temps/osdmap.bin.gz');
  for (let at = 20; at < bytes.length; at += 97) {
    const damaged = new Uint8Array(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(() => decodeOsdMap(damaged), `byte ${at}`).toThrow(/at byte \d+: /);
  }
});
