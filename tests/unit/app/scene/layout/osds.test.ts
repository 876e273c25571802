import { expect, test } from 'vitest';
import { litTag, osdInsides } from '../../../../../src/app/scene/layout/osd-inside.ts';
import {
  copiesByOsd,
  copyGrid,
  copyIndexAt,
  copyPitch,
  copyPosition,
} from '../../../../../src/app/scene/layout/osd-pgs.ts';
import { bucketsOf, layoutOsds, osdAt } from '../../../../../src/app/scene/layout/osds.ts';
import { makeCluster } from '../../../../scene/fixtures/clusters.ts';

const shapes = [
  { hosts: 1, osdsPerHost: 3 },
  { hosts: 3, osdsPerHost: 3 },
  { hosts: 6, osdsPerHost: 4, racks: 2 },
  { hosts: 12, osdsPerHost: 5, racks: 3 },
  { hosts: 3, osdsPerHost: 20 },
  { hosts: 50, osdsPerHost: 20 },
  { hosts: 200, osdsPerHost: 10, racks: 10 },
];

test.each(shapes)('$hosts hosts of $osdsPerHost OSDs: each has a box, none overlap, all are inside', (shape) => {
  const view = makeCluster({ ...shape, pools: [], images: [] });
  for (const width of [360, 470, 1400]) {
    const layout = layoutOsds(view.tree, view.osds, width, 400, 1);
    expect(layout.osds.map((box) => box.id).sort((a, b) => a - b)).toEqual(view.osds.map((osd) => osd.id));
    for (const box of layout.osds) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
      expect(box.y + box.height).toBeLessThanOrEqual(layout.height + 0.01);
      const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      expect(osdAt(layout, centre)).toBe(box.id);
    }
  }
});

test('boxes up to 60 OSDs, rows up to about a thousand, a tree map beyond', () => {
  const modeOf = (hosts: number, osdsPerHost: number) => {
    const view = makeCluster({ hosts, osdsPerHost, pools: [], images: [] });
    return layoutOsds(view.tree, view.osds, 470, 400, 1).mode;
  };
  expect([modeOf(3, 3), modeOf(12, 5), modeOf(50, 20), modeOf(100, 100)]).toEqual([
    'boxes',
    'boxes',
    'rows',
    'treemap',
  ]);
});

test('nine OSDs on a page of 1440×900 say all they have', () => {
  const view = makeCluster({ hosts: 3, osdsPerHost: 3, pools: [], images: [] });
  const layout = layoutOsds(view.tree, view.osds, 470, 400, 1);
  expect(layout.detail).toBe('full');
  expect(layout.height).toBeLessThanOrEqual(400);
});

test('an OSD that hangs nowhere is shown in a bucket of its own', () => {
  const view = makeCluster({ hosts: 1, osdsPerHost: 2, pools: [], images: [] });
  const tree = view.tree.filter((node) => node.id !== 1);
  expect(bucketsOf(tree, view.osds).map((bucket) => [bucket.node.type, bucket.leaves])).toEqual([
    ['root', 1],
    ['unplaced', 1],
  ]);
});

test('each PG has one cell on each OSD of its acting set, ringed on the primary alone', () => {
  const view = makeCluster({ hosts: 3, osdsPerHost: 3, pools: [{ name: 'p', pgNum: 64, objects: 9 }], images: [] });
  const copies = [...copiesByOsd(view.pgs, view.pools).values()].flat();
  expect(copies).toHaveLength(view.pgs.reduce((sum, pg) => sum + pg.acting.length, 0));
  expect(copies.filter((copy) => copy.primary)).toHaveLength(64);
});

test('an OSD that a PG moves to shows where its copy will be; shards have their numbers', () => {
  const view = makeCluster({ hosts: 3, osdsPerHost: 3, pools: [{ name: 'p', pgNum: 1, objects: 9 }], images: [] });
  const [pg] = view.pgs;
  if (pg === undefined) throw new Error('no PG');
  const moving = { ...pg, acting: [0, 3, 6], up: [0, 3, 8], state: 'active+remapped+backfilling' };
  const erasure = view.pools.map(({ id }) => ({ id, type: 'erasure' as const }));
  const copies = copiesByOsd([moving], erasure);
  expect([0, 3, 6, 8].map((id) => copies.get(id)?.[0])).toMatchObject([
    { shard: 0, arriving: false },
    { shard: 1, arriving: false },
    { shard: 2, arriving: false },
    { shard: 2, arriving: true, filled: false },
  ]);
});

test('small cells fit their area, and a point leads back to its cell', () => {
  for (const count of [1, 21, 64, 200]) {
    const room = { count, width: 124, height: 44 };
    const grid = copyGrid(room, copyPitch([room]));
    if (grid === null) throw new Error(`${count} cells do not fit`);
    const last = copyPosition(grid, count - 1);
    expect(last.x + grid.size).toBeLessThanOrEqual(124);
    expect(last.y + grid.size).toBeLessThanOrEqual(44);
    expect(copyIndexAt(grid, last.x + 1, last.y + 1)).toBe(count - 1);
  }
  const tooMany = { count: 5000, width: 124, height: 44 };
  expect(copyGrid(tooMany, copyPitch([tooMany]))).toBeNull();
});

test('the cells of all boxes have the size that the fullest box allows', () => {
  const view = makeCluster({ hosts: 3, osdsPerHost: 3, pools: [{ name: 'p', pgNum: 64, objects: 9 }], images: [] });
  const few = new Set(['1.0', '1.1', '1.2']);
  const pgs = view.pgs.map((pg) => (few.has(pg.pgid) ? pg : { ...pg, ...without7(pg) }));
  const copies = copiesByOsd(pgs, view.pools);
  const layout = layoutOsds(view.tree, view.osds, 470, 364, 1);
  const grids = [...osdInsides(layout, copies, 1)].map(([id, inside]) => ({
    count: copies.get(id)?.length,
    ...inside.grid,
  }));
  expect(new Set(grids.map((grid) => grid.count)).size).toBeGreaterThan(3);
  expect(new Set(grids.map((grid) => grid.size)).size).toBe(1);
  expect(grids[0]?.size).toBeGreaterThanOrEqual(6);
});

test('the badge of a lit box covers no word: not those of its box, of the bucket, or of the box below', () => {
  const view = makeCluster({ hosts: 3, osdsPerHost: 5, pools: [], images: [] });
  for (const scale of [1, 1.4]) {
    const layout = layoutOsds(view.tree, view.osds, 470 * scale, 700 * scale, scale);
    const words = [
      ...layout.osds.flatMap((box) => osdWordsOf(box, scale)),
      ...layout.buckets.map((box) => ({ x: box.x + 9, y: box.y + 6 * scale, width: box.width, height: 12 * scale })),
    ];
    for (const box of layout.osds) {
      const tag = litTag(layout, box, 45 * scale, scale);
      if (tag === null) throw new Error(`osd.${box.id} has no badge`);
      expect(words.filter((word) => overlap(word, tag))).toEqual([]);
      expect(tag.y + tag.height).toBeLessThanOrEqual(layout.height);
    }
  }
});

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The lines of words in a box: name and state, and what it holds, from the top of the letters to their base line. */
function osdWordsOf(box: Area, scale: number): readonly Area[] {
  const line = { x: box.x, width: box.width, height: 11 * scale };
  return [
    { ...line, y: box.y + 5 * scale },
    { ...line, y: box.y + box.height - 16 * scale },
  ];
}

function overlap(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function without7({ up, acting }: { readonly up: readonly number[]; readonly acting: readonly number[] }) {
  const isOther = (id: number) => id !== 7;
  return { up: up.filter(isOther), acting: acting.filter(isOther) };
}
