import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { initialOsdMap, newPool } from '../../../../src/engine/osdmap/build.ts';
import { parsePgId } from '../../../../src/engine/osdmap/pg-id.ts';
import { mapperOf } from '../../../../src/engine/osdmap/pg-mapper.ts';
import { mapPg } from '../../../../src/engine/osdmap/placement.ts';

/** What `ceph pg dump pgs_brief` said of a recorded cluster of 9 OSDs on 3 hosts: PG, up, primary, acting, primary. */
const PGS = new URL('../../../conformance/placement/story-a-pgs.tsv', import.meta.url);

test('a fresh cluster places every PG where the recorded one has it', () => {
  const fresh = initialOsdMap({ fsid: 'f', created_us: 0, osds: 9, osdsPerHost: 3 });
  const pool = newPool({ id: 2, name: 'pool100', pgNum: 64, size: 3, epoch: 61, now_us: 0 });
  const map = { ...fresh, pools: new Map(fresh.pools).set(2, pool) };
  const lines = readFileSync(PGS, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBe(65);
  for (const line of lines) {
    const [pg = '', up, upPrimary, acting, actingPrimary] = line.split('\t');
    const id = parsePgId(pg);
    const of = map.pools.get(id?.pool ?? 0) ?? pool;
    const mapping = mapPg(map, of, id?.seed ?? 0);
    expect([pg, mapping.up.join(), mapping.acting.join()]).toEqual([pg, up, acting]);
    expect([mapping.upPrimary, mapping.actingPrimary]).toEqual([Number(upPrimary), Number(actingPrimary)]);
    expect(mapperOf(map).get(of, id?.seed ?? 0)).toEqual(mapping);
  }
});
