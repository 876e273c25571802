import { expect, test } from 'vitest';
import { copiesByOsd, copyGrid, copyIndexAt, copyPosition } from '../../../../../src/app/scene/layout/osd-pgs.ts';
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
  const copies = [...copiesByOsd(view.pgs).values()].flat();
  expect(copies).toHaveLength(view.pgs.reduce((sum, pg) => sum + pg.acting.length, 0));
  expect(copies.filter((copy) => copy.primary)).toHaveLength(64);
});

test('small cells fit their area, and a point leads back to its cell', () => {
  for (const count of [1, 21, 64, 200]) {
    const grid = copyGrid(count, 124, 44);
    if (grid === null) throw new Error(`${count} cells do not fit`);
    const last = copyPosition(grid, count - 1);
    expect(last.x + grid.size).toBeLessThanOrEqual(124);
    expect(last.y + grid.size).toBeLessThanOrEqual(44);
    expect(copyIndexAt(grid, last.x + 1, last.y + 1)).toBe(count - 1);
  }
  expect(copyGrid(5000, 124, 44)).toBeNull();
});
