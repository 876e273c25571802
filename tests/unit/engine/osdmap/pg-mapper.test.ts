import { expect, test } from 'vitest';
import { initialOsdMap, newPool } from '../../../../src/engine/osdmap/build.ts';
import { minCompatClientOf } from '../../../../src/engine/osdmap/compat.ts';
import type { OsdMap } from '../../../../src/engine/osdmap/osd-map.ts';
import { mapperOf } from '../../../../src/engine/osdmap/pg-mapper.ts';
import { mapPg } from '../../../../src/engine/osdmap/placement.ts';

const pool = newPool({ id: 2, name: 'p', pgNum: 64, size: 3, epoch: 1, now_us: 0 });
const fresh = initialOsdMap({ fsid: '', created_us: 0, osds: 9, osdsPerHost: 3 });
const map: OsdMap = { ...fresh, pools: new Map(fresh.pools).set(2, pool) };

function withOsd(of: OsdMap, id: number, change: Partial<{ up: boolean; weight: number; primaryAffinity: number }>) {
  return {
    ...of,
    epoch: of.epoch + 1,
    osds: of.osds.map((osd, at) => (osd && at === id ? { ...osd, ...change } : osd)),
  };
}

function all(of: OsdMap) {
  const mapper = mapperOf(of);
  return Array.from({ length: pool.pgNum }, (_, seed) => mapper.get(pool, seed));
}

test('the mapper of one map object is one and the same, and so are its answers', () => {
  expect(mapperOf(map)).toBe(mapperOf(map));
  expect(mapperOf(map).get(pool, 5)).toBe(mapperOf(map).get(pool, 5));
});

test('what was kept of one epoch never shows in another', () => {
  const epochs = [
    map,
    withOsd(map, 4, { up: false }),
    withOsd(map, 4, { weight: 0 }),
    withOsd(map, 4, { weight: 0x8000 }),
    withOsd(map, 0, { primaryAffinity: 0 }),
    { ...map, pgUpmapItems: new Map([['2.5', [[mapPg(map, pool, 5).up[0] ?? 0, 99] as const]]]) },
    { ...map, pgTemp: new Map([['2.7', [8, 1]]]), primaryTemp: new Map([['2.8', 3]]) },
    map,
  ];
  for (const epoch of epochs) {
    expect(all(epoch)).toEqual(Array.from({ length: pool.pgNum }, (_, seed) => mapPg(epoch, pool, seed)));
  }
  expect(mapPg(epochs[6] ?? map, pool, 7)).toMatchObject({ acting: [8, 1], actingPrimary: 8 });
  expect(mapPg(epochs[6] ?? map, pool, 8)).toMatchObject({ up: mapPg(map, pool, 8).up, actingPrimary: 3 });
});

test('epochs with the same CRUSH map and weights share what CRUSH gave', () => {
  const next = { ...map, epoch: map.epoch + 1 };
  const afterIt = withOsd(next, 4, { up: false });
  expect(mapperOf(next).rawOsds(pool, 5)).toBe(mapperOf(afterIt).rawOsds(pool, 5));
});

test('an OSD of primary affinity 0 is primary only where it must', () => {
  const epoch = withOsd(map, 0, { primaryAffinity: 0 });
  for (const [seed, { up, upPrimary }] of all(epoch).entries()) {
    expect(upPrimary).not.toBe(0);
    expect(up[0]).toBe(upPrimary);
    expect([...up].sort()).toEqual([...mapPg(map, pool, seed).up].sort());
  }
});

test('the oldest client that understands a map follows from what the map uses', () => {
  expect(minCompatClientOf(map)).toBe('jewel');
  expect(minCompatClientOf({ ...map, pgUpmapItems: new Map([['2.5', [[1, 2]]]]) })).toBe('luminous');
  expect(minCompatClientOf({ ...map, pgUpmapPrimaries: new Map([['2.5', 1]]) })).toBe('reef');
});
