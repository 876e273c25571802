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
