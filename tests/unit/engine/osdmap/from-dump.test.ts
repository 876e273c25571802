import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DecodeError } from '../../../../src/engine/codec/decode-error.ts';
import type { CrushMap } from '../../../../src/engine/crush/crush-map.ts';
import { decodeCrushMap } from '../../../../src/engine/crush/decode.ts';
import { crushMapFromDump } from '../../../../src/engine/crush/from-dump.ts';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import { osdMapFromDump } from '../../../../src/engine/osdmap/from-dump.ts';
import type { OsdMap } from '../../../../src/engine/osdmap/osd-map.ts';
import { PgMapper } from '../../../../src/engine/osdmap/pg-mapper.ts';
import { poolBytesOfDf, poolBytesOfPgDump } from '../../../../src/engine/osdmap/pool-bytes.ts';
import { sniffMapFile } from '../../../../src/engine/osdmap/sniff.ts';
import { crushCases, hasCaseFile, readCase } from '../../../helpers/crush-cases.ts';

const DUMPED = crushCases().filter((name) => hasCaseFile(name, 'dump.json'));

function expectSamePlacement(actual: OsdMap, expected: OsdMap): void {
  const mappers = [new PgMapper(actual), new PgMapper(expected)] as const;
  expect([...actual.pools.keys()]).toEqual([...expected.pools.keys()]);
  for (const [id, pool] of expected.pools) {
    const other = actual.pools.get(id);
    if (other === undefined) throw new Error(`no pool ${id}`);
    for (let seed = 0; seed < pool.pgNum; seed++) {
      expect(mappers[0].get(other, seed), `${id}.${seed.toString(16)}`).toEqual(mappers[1].get(pool, seed));
    }
  }
}

/** What dumps do not tell. */
function told({ derived: _, ...bucket }: { derived?: unknown }): object {
  return bucket;
}

describe('ceph osd crush dump', () => {
  test.each(
    crushCases().filter((name) => hasCaseFile(name, 'crush_dump.json')),
  )('%s: the map that was dumped', (name) => {
    const expected = decodeCrushMap(readCase(name, 'crushmap.bin'));
    const { map } = crushMapFromDump(readCase(name, 'crush_dump.json'));
    expect([...map.buckets.values()].map(told)).toEqual([...expected.buckets.values()].map(told));
    const plain = (rules: CrushMap['rules']) => [...rules.values()].map(({ minSize: _, maxSize: __, ...rule }) => rule);
    expect(plain(map.rules)).toEqual(plain(expected.rules));
    expect(map.tunables).toEqual(expected.tunables);
    expect(map.names).toEqual(expected.names);
    expect(map.types).toEqual(expected.types);
    expect(map.maxDevices).toBe(expected.maxDevices);
    expect(map.chooseArgs).toEqual(expected.chooseArgs);
    const classes = (each: CrushMap) =>
      new Map([...each.deviceClasses].map(([id, at]) => [id, each.classNames.get(at)]));
    expect(classes(map)).toEqual(classes(expected));
  });
});

describe('ceph osd dump', () => {
  test.each(DUMPED)('%s: the same PGs in the same places as the binary map of that epoch', (name) => {
    const expected = decodeOsdMap(readCase(name, 'osdmap.bin'));
    const crush = decodeCrushMap(readCase(name, 'crushmap.bin'));
    const { map, assumed } = osdMapFromDump(readCase(name, 'dump.json'), crush);
    expectSamePlacement(map, expected);
    expect(assumed).toEqual([]);
    const { extra: _, osds, pools, ...rest } = map;
    expect(expected).toMatchObject({ ...rest, crush: expected.crush });
    const plain = (each: OsdMap['osds']) => each.map((osd) => osd && { ...osd, extra: undefined });
    expect(plain(osds)).toEqual(plain(expected.osds));
    for (const [id, { extra, ...pool }] of pools) expect(expected.pools.get(id)).toMatchObject(pool);
  });

  const dump = JSON.parse(String(readCase('upmaps', 'dump.json')));
  const crush = decodeCrushMap(readCase('upmaps', 'crushmap.bin'));
  const read = (changed: unknown) => osdMapFromDump(Buffer.from(JSON.stringify(changed)), crush);

  test('what a dump does not have is assumed, and said', () => {
    const { pg_upmap_primaries: _, ...older } = dump;
    expect(read(older).assumed).toEqual([{ code: 'pg_upmap_primaries', count: 1 }]);
    expect(read({ ...dump, blacklist: { '10.0.0.1:0/5': 'x' } }).leftOut).toContainEqual({
      code: 'blacklist',
      count: 1,
    });
  });

  test('what is not as it must be is named', () => {
    const fault = (changed: unknown) => {
      try {
        return read(changed);
      } catch (error) {
        return error instanceof DecodeError ? `${error.kind} ${error.field}` : error;
      }
    };
    expect(fault({ ...dump, max_osd: 4e9 })).toBe('corrupt max_osd');
    expect(fault({ ...dump, osds: [{ ...dump.osds[0], weight: 'x' }] })).toBe('corrupt osds[0].weight');
    expect(fault({ ...dump, pg_upmap: [{ pgid: 'here', osds: [] }] })).toBe('corrupt pg_upmap[0].pgid');
    expect(fault({ ...dump, pools: undefined })).toBe('corrupt null');
    expect(fault([])).toBe('corrupt null');
    expect(() => osdMapFromDump(readCase('upmaps', 'dump.json').subarray(0, 5000), crush)).toThrow(/no end/);
    const deep = Buffer.from('['.repeat(1000));
    expect(() => osdMapFromDump(deep, crush)).toThrow(/JSON deeper than 64/);
  });
});

describe('bytes of pools', () => {
  const df = { stats: {}, pools: [{ name: 'p', id: 7, stats: { stored: 459280, bytes_used: 1377840 } }] };
  const stats = [
    { poolid: 7, stat_sum: { num_bytes: 459280 } },
    { poolid: 8, stat_sum: { num_bytes: -4 } },
  ];
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

  test('of df, and of pg dump in both forms', () => {
    expect(poolBytesOfDf(bytes(df))).toEqual(new Map([[7, 459280]]));
    const expected = new Map([
      [7, 459280],
      [8, 0],
    ]);
    expect(poolBytesOfPgDump(bytes({ pg_ready: true, pg_map: { pool_stats: stats } }))).toEqual(expected);
    expect(poolBytesOfPgDump(bytes({ pg_ready: true, pool_stats: stats }))).toEqual(expected);
    expect(() => poolBytesOfDf(bytes({ pools: [{ id: 1 }] }))).toThrow(/no field "stats" \(pools\[0\]\)/);
  });

  test('sniffed as what they are', () => {
    expect(sniffMapFile(bytes(df))).toBe('df-json');
    expect(sniffMapFile(bytes({ pg_ready: true, pg_map: {} }))).toBe('pg-dump-json');
    expect(sniffMapFile(bytes({ a: 1 }))).toBe('unknown');
    expect(sniffMapFile(bytes([1]))).toBe('unknown');
  });
});

describe('a file says what it is', () => {
  test.each(crushCases())('%s', (name) => {
    if (hasCaseFile(name, 'osdmap.bin')) expect(sniffMapFile(readCase(name, 'osdmap.bin'))).toBe('osdmap');
    expect(sniffMapFile(readCase(name, 'crushmap.bin'))).toBe('crushmap');
    expect(sniffMapFile(readCase(name, 'crush.txt'))).toBe('crushmap-text');
    expect(sniffMapFile(readCase(name, 'crush_dump.json'))).toBe('crush-dump-json');
    if (hasCaseFile(name, 'dump.json')) expect(sniffMapFile(readCase(name, 'dump.json'))).toBe('osd-dump-json');
  });

  test('cut off or foreign', () => {
    expect(sniffMapFile(readCase('upmaps', 'osdmap.bin').subarray(0, 300))).toBe('osdmap');
    expect(sniffMapFile(readCase('upmaps', 'dump.json').subarray(0, 90_000))).toBe('osd-dump-json');
    expect(sniffMapFile(new Uint8Array())).toBe('unknown');
    const png = readFileSync(new URL('../../../conformance/placement/story-a-osdmap.bin.gz', import.meta.url));
    expect(sniffMapFile(png)).toBe('unknown');
    expect(sniffMapFile(gunzipSync(png))).toBe('osdmap');
    expect(sniffMapFile(Buffer.from('Dear all,\nthe map is attached.\n'))).toBe('unknown');
  });
});
