import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeCrushMap } from '../../../../src/engine/crush/decode.ts';
import { crushMapFromDump } from '../../../../src/engine/crush/from-dump.ts';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import { osdMapFromDump } from '../../../../src/engine/osdmap/from-dump.ts';
import type { OsdMap, PgMapping } from '../../../../src/engine/osdmap/osd-map.ts';
import { PgMapper } from '../../../../src/engine/osdmap/pg-mapper.ts';
import { poolBytesOfDf, poolBytesOfPgDump } from '../../../../src/engine/osdmap/pool-bytes.ts';

/** All that one cluster told of one epoch: `osd dump`, `osd crush dump`, `pg dump`, `df`, and its maps in base64. */
const told: Record<string, string> = JSON.parse(
  String(gunzipSync(readFileSync(new URL('../../../conformance/incremental/dumps.json.gz', import.meta.url)))),
);

function file(name: string): Buffer {
  const content = told[name];
  if (content === undefined) throw new Error(`no ${name}`);
  return Buffer.from(content, name.endsWith('.bin') ? 'base64' : 'utf8');
}

function placementOf(map: OsdMap): Map<string, PgMapping> {
  const mapper = new PgMapper(map);
  return new Map(
    [...map.pools.values()].flatMap((pool) =>
      Array.from({ length: pool.pgNum }, (_, seed): [string, PgMapping] => [
        `${pool.id}.${seed.toString(16)}`,
        mapper.get(pool, seed),
      ]),
    ),
  );
}

const binary = decodeOsdMap(file('map.bin'));

describe('a cluster that was dumped as JSON, with two of three OSDs down', () => {
  test.each([
    ['crush dump', () => crushMapFromDump(file('crush.json')).map],
    ['binary CRUSH map', () => decodeCrushMap(file('crush.bin'))],
  ])('osd dump with the %s: each PG where the binary map has it', (_, crush) => {
    const { map, assumed } = osdMapFromDump(file('dump.json'), crush());
    expect(assumed).toEqual([]);
    expect(map.epoch).toBe(binary.epoch);
    expect(placementOf(map)).toEqual(placementOf(binary));
  });

  test('pg dump: each PG where the cluster had it', () => {
    const placement = placementOf(binary);
    const stats: Record<string, unknown>[] = JSON.parse(String(file('pgdump.json'))).pg_map.pg_stats;
    expect(stats).toHaveLength(placement.size);
    for (const { pgid, up, acting, up_primary, acting_primary } of stats) {
      const { upPrimary, actingPrimary, ...mapping } = placement.get(String(pgid)) ?? {};
      expect({ up, acting, up_primary, acting_primary }, String(pgid)).toEqual({
        ...mapping,
        up_primary: upPrimary,
        acting_primary: actingPrimary,
      });
    }
  });

  test('df and pg dump: the same bytes of each pool', () => {
    expect([...poolBytesOfDf(file('df.json'))].sort()).toEqual([...poolBytesOfPgDump(file('pgdump.json'))].sort());
  });
});
