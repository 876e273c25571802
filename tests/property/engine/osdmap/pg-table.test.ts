import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OsdMap } from '../../../../src/engine/osdmap/osd-map.ts';
import { makePoolTable, type PgTable, pgTableOf } from '../../../../src/engine/osdmap/pg-table.ts';
import { mapPg, rawOsdsOf } from '../../../../src/engine/osdmap/placement.ts';
import { listAt, mappingAt } from '../../../../src/engine/osdmap/pool-table.ts';
import { remap } from '../../../../src/engine/osdmap/remap.ts';
import { CHANGE, CLUSTER } from './random-osd-map.ts';

/** All that a table says, PG by PG; by hand where there is no table. */
function told(map: OsdMap, table?: PgTable) {
  return [...map.pools.values()].flatMap((pool) =>
    Array.from({ length: pool.pgNum }, (_, seed) => {
      const rows = table?.pools.get(pool.id);
      if (rows === undefined) return { raw: rawOsdsOf(map, pool, seed), ...mapPg(map, pool, seed) };
      return { raw: listAt(rows, rows.raw, seed), ...mappingAt(rows, seed) };
    }),
  );
}

test('a table says of every PG what mapPg says', () => {
  fc.assert(
    fc.property(CLUSTER, fc.array(CHANGE, { maxLength: 12 }), (cluster, changes) => {
      const map = changes.reduce((before, change) => change(before), cluster);
      expect(told(map, pgTableOf(map))).toEqual(told(map));
    }),
    { numRuns: 150 },
  );
});

test('mapping anew only what a change can touch gives what mapping all anew gives', () => {
  fc.assert(
    fc.property(CLUSTER, fc.array(CHANGE, { minLength: 1, maxLength: 12 }), fc.nat(7), (cluster, changes, together) => {
      let table = pgTableOf(cluster);
      for (let at = 0; at < changes.length; at += together + 1) {
        const next = changes.slice(at, at + together + 1).reduce((map, change) => change(map), table.map);
        const remapped = remap(table, next);
        expect(told(next, remapped.table)).toEqual(told(next));
        expect(remapped.changed).toEqual(changedByHand(table.map, next));
        table = remapped.table;
      }
    }),
    { numRuns: 150 },
  );
});

function changedByHand(before: OsdMap, next: OsdMap): Map<number, Int32Array> {
  const changed = [...next.pools.values()].map((pool) => {
    const old = before.pools.get(pool.id);
    const seeds = Array.from({ length: pool.pgNum }, (_, seed) => seed).filter(
      (seed) =>
        old === undefined ||
        seed >= old.pgNum ||
        JSON.stringify(mapPg(before, old, seed)) !== JSON.stringify(mapPg(next, pool, seed)),
    );
    return [pool.id, Int32Array.from(seeds)] as const;
  });
  return new Map(changed.filter(([, seeds]) => seeds.length > 0));
}

test('only few PGs are mapped anew where one OSD goes out: the arrays of other pools are the same', () => {
  fc.assert(
    fc.property(CLUSTER, (cluster) => {
      const other = remap(pgTableOf(cluster), { ...cluster, epoch: 7 });
      for (const [id, rows] of pgTableOf(cluster).pools) expect(other.table.pools.get(id)?.raw).toBe(rows.raw);
      expect(other.changed.size).toBe(0);
    }),
    { numRuns: 20 },
  );
});

test('a pool of more PGs than anyone has is refused', () => {
  const [map] = fc.sample(CLUSTER, 1);
  const pool = [...(map?.pools.values() ?? [])][0];
  if (map === undefined || pool === undefined) throw new Error('no map');
  expect(() => makePoolTable(map, { ...pool, pgNum: 2 ** 24, pgpNum: 2 ** 24 })).toThrow(/File too large/);
});
