import { expect, test } from 'vitest';
import { fillData, holeData } from '../../../../src/engine/base/data.ts';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import type { Task } from '../../../../src/engine/base/task.ts';
import type { ImageCtx } from '../../../../src/engine/librbd/image-ctx.ts';
import { compareAndWriteImage } from '../../../../src/engine/librbd/io/compare-and-write.ts';
import { writeSameImage } from '../../../../src/engine/librbd/io/write-same.ts';
import { Bench, KIB, pattern } from './set-up.ts';

const OBJECT = 4 * KIB;

function parentAndClone(): Bench {
  const bench = new Bench();
  bench.create('a', 4 * OBJECT, { order: 12 });
  bench.write('a', 0, fillData(OBJECT, 5));
  bench.snap('a', 's', true);
  bench.clone('a', 's', 'c');
  return bench;
}

function errnoOn(bench: Bench, name: string, body: (image: ImageCtx) => Task<void>): number {
  let errno = 0;
  bench.with(name, function* (image) {
    errno = bench.errno(body(image));
    yield 0;
  });
  return errno;
}

test('a write where other bytes are expected changes nothing: EILSEQ', () => {
  const bench = parentAndClone();
  const wrong = (image: ImageCtx) => compareAndWriteImage(image, 10, fillData(20, 6), fillData(20, 7));
  expect(errnoOn(bench, 'a', wrong)).toBe(ERRNO.EILSEQ);
  expect(errnoOn(bench, 'c', wrong)).toBe(ERRNO.EILSEQ);
  expect([...new Set(bench.read('c').subarray(0, OBJECT))]).toEqual([5]);
});

test('a clone compares with what its parent holds; where nothing is, zeros are', () => {
  const bench = parentAndClone();
  bench.with('c', (image) => compareAndWriteImage(image, 10, fillData(20, 5), fillData(20, 7)));
  bench.with('c', (image) => compareAndWriteImage(image, 3 * OBJECT, holeData(9), fillData(9, 8)));
  const bytes = bench.read('c');
  expect([bytes[9], bytes[10], bytes[29], bytes[30], bytes[3 * OBJECT + 8]]).toEqual([5, 7, 7, 5, 8]);
});

test('also where a whole object is compared: the parent is what it is compared with', () => {
  const bench = parentAndClone();
  bench.with('c', (image) => compareAndWriteImage(image, 0, fillData(OBJECT, 5), fillData(OBJECT, 7)));
  expect([...new Set(bench.read('c').subarray(0, OBJECT))]).toEqual([7]);
});

test('ImageCompareAndWriteRequest: EINVAL across objects', () => {
  const across = (image: ImageCtx) => compareAndWriteImage(image, OBJECT - 1, fillData(2, 5), fillData(2, 7));
  expect(errnoOn(parentAndClone(), 'a', across)).toBe(ERRNO.EINVAL);
});

test('a write-same repeats its pattern; EINVAL where that does not come out even', () => {
  const bench = parentAndClone();
  bench.with('a', (image) => writeSameImage(image, OBJECT - 6, 12, pattern(4, 3)));
  const bytes = bench.read('a').subarray(OBJECT - 6, OBJECT + 6);
  expect(bytes.subarray(4, 8)).toEqual(bytes.subarray(0, 4));
  expect(bytes.subarray(8)).toEqual(bytes.subarray(0, 4));
  expect(errnoOn(bench, 'a', (image) => writeSameImage(image, 0, 13, pattern(4, 3)))).toBe(ERRNO.EINVAL);
});
