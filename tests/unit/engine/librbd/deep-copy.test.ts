import { expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import { FEATURE } from '../../../../src/engine/codec/rbd-types.ts';
import { FEATURES_DEFAULT } from '../../../../src/engine/librbd/features.ts';
import { writeZeroesImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { deepCopyImage } from '../../../../src/engine/librbd/operation/deep-copy.ts';
import { flattenImage } from '../../../../src/engine/librbd/operation/flatten.ts';
import { resizeImage } from '../../../../src/engine/librbd/operation/resize.ts';
import { Bench, KIB } from './set-up.ts';

const OBJECT = 4 * KIB;

function parentAndClone(features = FEATURES_DEFAULT): Bench {
  const bench = new Bench();
  bench.create('a', 3 * OBJECT, { order: 12 });
  bench.write('a', 0, fillData(3 * OBJECT, 5));
  bench.snap('a', 's', true);
  bench.clone('a', 's', 'c', { features, order: 12 });
  return bench;
}

function deepCopied(bench: Bench, order: number): Bench {
  bench.with('c', (image) => deepCopyImage(image, bench.io(), 'd', { order }), { readOnly: true });
  return bench;
}

test('ObjectCopyRequest hide_parent: zeros that hide the parent’s bytes hide them in a deep copy of another shape', () => {
  const bench = parentAndClone();
  bench.with('c', (image) => writeZeroesImage(image, OBJECT, OBJECT));
  expect(deepCopied(bench, 14).read('d')).toEqual(bench.read('c'));
});

test('CU4: the deep copy of a clone that was shrunk and grown again reads zeros there', () => {
  const bench = parentAndClone();
  bench.with('c', (image) => resizeImage(image, OBJECT + 9, true));
  bench.with('c', (image) => resizeImage(image, 3 * OBJECT, true));
  expect(deepCopied(bench, 13).read('d')).toEqual(bench.read('c'));
});

test('snapshots that still read through to the parent of a flattened clone are copied with its bytes', () => {
  const bench = parentAndClone(FEATURES_DEFAULT & ~FEATURE.DEEP_FLATTEN);
  bench.snap('c', 't');
  bench.with('c', (image) => flattenImage(image));
  deepCopied(bench, 12);
  expect(bench.read('d', 't')).toEqual(bench.read('c', 't'));
  expect(bench.read('d')).toEqual(bench.read('c'));
});

test('ObjectCopyRequest compute_zero_ops: what is zero at an object’s end is cut off, an object of zeros is not there', () => {
  const bench = new Bench();
  bench.create('a', 3 * OBJECT, { order: 12 });
  bench.write('a', 0, fillData(3 * OBJECT, 5));
  bench.snap('a', 's');
  bench.with('a', (image) => writeZeroesImage(image, 9, OBJECT - 9));
  bench.with('a', (image) => writeZeroesImage(image, OBJECT, OBJECT - 9));
  bench.with('a', (image) => writeZeroesImage(image, 2 * OBJECT, OBJECT));
  bench.with('a', (image) => deepCopyImage(image, bench.io(), 'd', { order: 12 }), { readOnly: true });
  const listings = bench.with('d', function* (image) {
    yield 0;
    return [0, 1, 2].map((no) => image.objectName(no));
  });
  expect(listings.map((oid) => bench.listing(oid))).toEqual([
    ['4 4 4096 [0~9]', 'head 9'],
    ['4 4 4096 [4087~9]', 'head 4096'],
    ['4 4 4096 []'],
  ]);
});
