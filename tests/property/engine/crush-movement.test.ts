import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CRUSH_ITEM_NONE } from '../../../src/engine/crush/crush-map.ts';
import { initialOsdMap, newPool } from '../../../src/engine/osdmap/build.ts';
import type { OsdMap, PgPool } from '../../../src/engine/osdmap/osd-map.ts';
import { mapPg, stableMask, stableMod } from '../../../src/engine/osdmap/placement.ts';

const layouts = fc.record({ hosts: fc.integer({ min: 4, max: 9 }), osdsPerHost: fc.integer({ min: 1, max: 5 }) });

function cluster(hosts: number, osdsPerHost: number, weights?: ReadonlyMap<number, number>): OsdMap {
  const osds = hosts * osdsPerHost;
  return initialOsdMap({ fsid: '', created_us: 0, osds, osdsPerHost, ...(weights && { weights }) });
}

function poolOf(id: number, type: PgPool['type'] = 'replicated'): PgPool {
  return { ...newPool({ id, name: 'p', pgNum: 64, size: 3, epoch: 1, now_us: 0 }), type };
}

function seeds(pool: PgPool): number[] {
  return Array.from({ length: pool.pgNum }, (_, seed) => seed);
}

/** A map in which one OSD has another state. */
function withOsd(map: OsdMap, id: number, change: Partial<{ up: boolean; weight: number }>): OsdMap {
  return { ...map, osds: map.osds.map((osd, at) => (osd && at === id ? { ...osd, ...change } : osd)) };
}

test('copies of a PG stand on different hosts, as many as the pool has', () => {
  fc.assert(
    fc.property(layouts, fc.integer({ min: 1, max: 500 }), ({ hosts, osdsPerHost }, id) => {
      const map = cluster(hosts, osdsPerHost);
      for (const seed of seeds(poolOf(id))) {
        const { up, upPrimary } = mapPg(map, poolOf(id), seed);
        expect(new Set(up.map((osd) => Math.floor(osd / osdsPerHost))).size).toBe(3);
        expect(upPrimary).toBe(up[0]);
      }
    }),
    { numRuns: 30 },
  );
});

test('a CRUSH weight that grows in a flat map draws PGs to that device alone', () => {
  const property = fc.property(
    fc.integer({ min: 4, max: 12 }),
    fc.nat(),
    fc.integer({ min: 11, max: 40 }),
    fc.integer({ min: 1, max: 500 }),
    (hosts, pick, tenths, id) => {
      const osd = pick % hosts;
      const before = cluster(hosts, 1);
      const after = cluster(hosts, 1, new Map([[osd, (0.01999 * tenths) / 10]]));
      const pool = { ...poolOf(id), size: 1 };
      for (const seed of seeds(pool)) {
        const [from, to] = [mapPg(before, pool, seed).up[0], mapPg(after, pool, seed).up[0]];
        if (from !== to) expect(to).toBe(osd);
      }
    },
  );
  fc.assert(property, { numRuns: 100 });
});

test('an OSD that goes out leaves every PG alone that it did not hold', () => {
  fc.assert(
    fc.property(layouts, fc.nat(), fc.integer({ min: 1, max: 500 }), ({ hosts, osdsPerHost }, pick, id) => {
      const before = cluster(hosts, osdsPerHost);
      const osd = pick % (hosts * osdsPerHost);
      const after = withOsd(before, osd, { weight: 0 });
      for (const seed of seeds(poolOf(id))) {
        const [from, to] = [mapPg(before, poolOf(id), seed).up, mapPg(after, poolOf(id), seed).up];
        if (!from.includes(osd)) expect(to).toEqual(from);
        else expect(to).not.toContain(osd);
      }
    }),
    { numRuns: 30 },
  );
});

test('a down OSD closes up replicated sets and leaves a hole in erasure sets', () => {
  fc.assert(
    fc.property(layouts, fc.nat(), ({ hosts, osdsPerHost }, pick) => {
      const before = cluster(hosts, osdsPerHost);
      const osd = pick % (hosts * osdsPerHost);
      const after = withOsd(before, osd, { up: false });
      for (const seed of seeds(poolOf(7))) {
        const whole = mapPg(before, poolOf(7), seed).up;
        expect(mapPg(after, poolOf(7), seed).up).toEqual(whole.filter((each) => each !== osd));
        const holes = whole.map((each) => (each === osd ? CRUSH_ITEM_NONE : each));
        expect(mapPg(after, poolOf(7, 'erasure'), seed).up).toEqual(holes);
      }
    }),
    { numRuns: 30 },
  );
});

test('one more class of stableMod splits one class and moves nothing between the others', () => {
  fc.assert(
    fc.property(fc.nat({ max: 0xffffffff }), fc.integer({ min: 1, max: 5000 }), (x, count) => {
      const before = stableMod(x, count, stableMask(count));
      const after = stableMod(x, count + 1, stableMask(count + 1));
      expect(before).toBeLessThan(count);
      expect(after === before || after === count).toBe(true);
    }),
  );
});
