import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familiesOf } from '../../../../../src/app/scene/layout/image-tree.ts';
import {
  type ImagesLayout,
  type LaneRow,
  layoutImages,
  markOf,
  objectAt,
  objectsShown,
  rowAt,
} from '../../../../../src/app/scene/layout/images.ts';
import { withHeldLinks } from '../../../../../src/app/views/images/held-links.ts';
import { isRehung } from '../../../../../src/app/views/images/use-glide.ts';
import type { ImageView } from '../../../../../src/protocol/view.ts';
import { cells, lane, makeImage } from '../../../../scene/fixtures/clusters.ts';
import { stories, storyImages } from '../../../../scene/fixtures/stories.ts';

function layoutOf(images: readonly ImageView[], width = 560, windows = new Map()): ImagesLayout {
  return layoutImages(images, { width, height: 360, windows, scale: 1 });
}

function row(layout: ImagesLayout, key: string): LaneRow {
  const found = layout.byKey.get(key);
  if (found === undefined) throw new Error(`no row ${key}`);
  return found;
}

const imagesOf = (name: string) => stories[name]?.().images ?? [];

test('snapshots stand under their image, clones under the snapshot that they were made from', () => {
  const rows = familiesOf(storyImages()).flatMap((family) => family.rows);
  expect(rows.map((it) => [it.depth, it.key])).toEqual([
    [0, '1075adf4decb'],
    [1, '1075adf4decb@4'],
    [2, '10b5c13fc28a'],
    [3, '10b5c13fc28a@7'],
    [2, '10c7a41be99d'],
  ]);
  expect(rows[2]?.parentKey).toBe('1075adf4decb@4');
});

test('a clone whose parent is not there is a root of its own', () => {
  const [, vm1] = storyImages();
  expect(familiesOf(vm1 === undefined ? [] : [vm1]).map((family) => family.key)).toEqual(['10b5c13fc28a']);
});

test('the same object number stands in the same column in every lane of a family', () => {
  for (const width of [390, 560, 1200]) {
    const layout = layoutOf(storyImages(), width);
    for (let objectNo = 0; objectNo < 16; objectNo++) {
      const columns = new Set(layout.rows.map((it) => markOf(it, objectNo)?.x));
      expect(columns.size).toBe(1);
    }
  }
});

test('cells stay inside the panel, and beside the labels', () => {
  for (const width of [300, 390, 560, 1440]) {
    const layout = layoutOf(storyImages(), width);
    for (const it of layout.rows) {
      const last = markOf(it, 15);
      expect(layout.cellsX + (last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(width);
      expect(it.labelX).toBeLessThan(layout.labels === 'beside' ? layout.cellsX - 60 : width / 2);
    }
    for (const link of layout.links) expect(link.x).toBeLessThan(layout.cellsX);
  }
});

test('16 objects are cells with numbers', () => {
  const { grid } = row(layoutOf(storyImages()), '1075adf4decb');
  expect(grid).toMatchObject({ mode: 'cells', numbered: true, large: false, marks: 16 });
});

test('a full image of 25,600 objects is drawn in bins of equal width, with a ruler', () => {
  const layout = layoutOf(imagesOf('large'));
  const { grid } = row(layout, '1aa');
  expect(grid).toMatchObject({ mode: 'bins', large: true, range: { from: 0, to: 25_600 } });
  expect(grid.marks * grid.pitch).toBeCloseTo(layout.cellsWidth, 6);
  expect(layout.rulers.map((it) => it.familyKey)).toEqual(['1aa']);
});

test('a large image with only its first objects written opens at them, as numbered cells', () => {
  const { grid } = row(layoutOf(imagesOf('sparse')), '1080d797c066');
  expect(grid).toMatchObject({ mode: 'cells', numbered: true, large: true });
  expect(grid.range.from).toBe(0);
  expect(grid.range.to).toBeGreaterThan(12);
});

/** A large image with objects `from` to before `to` written. */
function written(from: number, to: number): ImageView {
  const content = cells('', 25_600).fill(1, from, to);
  return makeImage({ spec: 'p/i', id: 'i', pool: 1, lanes: [lane('', null, content)] });
}

const rangeOf = (from: number, to: number) => row(layoutOf([written(from, to)]), 'i').grid.range;

test('a large image shows what is used by itself, in a window that grows seldom and by much', () => {
  let steps = 0;
  let last = '';
  for (let count = 0; count <= 300; count++) {
    const { from, to } = rangeOf(0, count);
    expect(from).toBe(0);
    expect(to).toBeGreaterThanOrEqual(count);
    if (`${from}-${to}` !== last) steps += 1;
    last = `${from}-${to}`;
  }
  expect(steps).toBe(6);
  expect([rangeOf(0, 5), rangeOf(0, 40), rangeOf(0, 200)].map((range) => range.to)).toEqual([16, 64, 256]);
});

test('the window stands where the objects are, at the end of the image too; a well filled image is shown whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 25_599 }), fc.integer({ min: 1, max: 400 }), (from, count) => {
      const to = Math.min(25_600, from + count);
      const range = rangeOf(from, to);
      expect(range.from).toBeLessThanOrEqual(from);
      expect(range.to).toBeGreaterThanOrEqual(to);
      expect(range.to - range.from).toBeLessThanOrEqual(Math.max(16, count * 4));
    }),
    { numRuns: 40 },
  );
  expect(rangeOf(0, 20_000)).toEqual({ from: 0, to: 25_600 });
});

test('a range that was chosen stays, whatever is written; its ruler knows the way back', () => {
  const chosen = { from: 8, to: 24 };
  const layout = layoutOf([written(9000, 9010)], 560, new Map([['i', chosen]]));
  expect(row(layout, 'i').grid.range).toEqual(chosen);
  expect(layout.rulers[0]).toMatchObject({ chosen: true, used: rangeOf(9000, 9010) });
  expect(layoutOf([written(0, 3)]).rulers[0]?.chosen).toBe(false);
});

test('a clone whose snapshot is not drawn is a tree of its own', () => {
  const [cirros, vm1] = storyImages();
  if (cirros === undefined || vm1 === undefined) throw new Error('no story');
  const bare = { ...cirros, lanes: cirros.lanes.slice(0, 1) };
  expect(familiesOf([bare, vm1]).map((family) => family.key)).toEqual([cirros.id, vm1.id]);
});

test('an image that was cut off hangs at its parent as long as the motion holds the link', () => {
  const images = storyImages();
  const cut = images.map((image) => (image.id === '10b5c13fc28a' ? { ...image, parent: null } : image));
  const parent = images[1]?.parent;
  if (parent === null || parent === undefined) throw new Error('no parent');
  const held = withHeldLinks(cut, [{ imageId: '10b5c13fc28a', parent }]);
  const places = (list: readonly ImageView[]) => layoutOf(list).rows.map((it) => [it.key, it.labelX, it.y]);
  expect(places(held)).toEqual(places(images));
  expect(places(withHeldLinks(cut, []))).not.toEqual(places(images));
  expect(isRehung(layoutOf(held), layoutOf(cut))).toBe(true);
  expect(isRehung(layoutOf(images), layoutOf(held))).toBe(false);
});

test('an opened range shows its cells', () => {
  const windows = new Map([['1aa', { from: 9000, to: 9014 }]]);
  const layout = layoutOf(imagesOf('large'), 560, windows);
  expect(objectsShown(row(layout, '1bb'))).toEqual({ from: 9000, to: 9014 });
  expect(markOf(row(layout, '1bb'), 8999)).toBeNull();
  expect(objectAt(row(layout, '1bb'), markOf(row(layout, '1bb'), 9003)?.x ?? -1)).toBe(9003);
});

test('a point in a bin means its first object that is not a hole', () => {
  const content = cells('', 5000);
  content[1234] = 1;
  content[4999] = 1;
  const image = makeImage({ spec: 'p/i', id: 'i', pool: 1, lanes: [lane('', null, content)] });
  const it = row(layoutOf([image], 560, new Map([['i', { from: 0, to: 5000 }]])), 'i');
  expect(it.grid.mode).toBe('bins');
  expect(objectAt(it, markOf(it, 1234)?.x ?? -1)).toBe(1234);
});

test('a parent with larger objects spans more columns, so that bytes stand under the same bytes', () => {
  const parent = makeImage({
    spec: 'p/a',
    id: 'a',
    pool: 1,
    lanes: [lane('', null, cells('oo', 2)), lane('s', 4, cells('ss', 2))],
  });
  const link = { spec: 'p/a@s', pool: 1, imageId: 'a', snapId: 4, overlap: 2 ** 23 };
  const child = {
    ...makeImage({ spec: 'p/b', id: 'b', pool: 1, parent: link, lanes: [lane('', null, cells('pppp', 4))] }),
    order: 21,
  };
  const layout = layoutOf([parent, child]);
  expect(row(layout, 'a').span).toBe(2);
  expect(markOf(row(layout, 'a'), 1)?.x).toBe(markOf(row(layout, 'b'), 2)?.x);
});

test('rows do not overlap, and a height leads to its row', () => {
  const layout = layoutOf(imagesOf('deep'));
  let bottom = 0;
  for (const it of layout.rows) {
    expect(it.y).toBeGreaterThanOrEqual(bottom);
    bottom = it.y + it.height;
    expect(rowAt(layout, it.y + it.height / 2)).toBe(it);
  }
  expect(layout.height).toBeGreaterThanOrEqual(bottom);
});
