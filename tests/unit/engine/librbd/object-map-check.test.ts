import { expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import { OBJECT_STATE } from '../../../../src/engine/codec/rbd-types.ts';
import { writeImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { checkObjectMap } from '../../../../src/engine/librbd/operation/object-map-check.ts';
import { sparsifyImage } from '../../../../src/engine/librbd/operation/sparsify.ts';
import { Bench, KIB } from './set-up.ts';

const { EXISTS, NONEXISTENT, PENDING } = OBJECT_STATE;

function flagsAfterCheck(bench: Bench, object: number, state: number): number {
  bench.with('a', function* (image) {
    yield* writeImage(image, 0, fillData(4 * KIB, 7));
    yield* image.objectMap?.update(object, object + 1, state) ?? [];
    yield* checkObjectMap(image);
  });
  return bench.with('a', function* (image) {
    yield 0;
    return image.header.flags;
  });
}

function imageOfFour(): Bench {
  const bench = new Bench();
  bench.create('a', 16 * KIB, { order: 12 });
  return bench;
}

test('CheckObjectMapRequest.cc needs_invalidate: a map that calls an object there that is not is no wrong map', () => {
  expect(flagsAfterCheck(imageOfFour(), 2, EXISTS)).toBe(0);
});

test('a map that does not know an object, or waits for its end, is a wrong one', () => {
  expect(flagsAfterCheck(imageOfFour(), 0, NONEXISTENT)).not.toBe(0);
  expect(flagsAfterCheck(imageOfFour(), 0, PENDING)).not.toBe(0);
});

test('SparsifyRequest.cc send_post_update_object_map: what a sparsify leaves is new in the map, changed or not', () => {
  const bench = imageOfFour();
  bench.write('a', 0, fillData(4 * KIB, 7));
  bench.snap('a', 's');
  const map = bench.with('a', function* (image) {
    yield* sparsifyImage(image, 4096);
    return [image.objectMap?.state(0), image.objectMap?.state(1)];
  });
  expect(map).toEqual([EXISTS, NONEXISTENT]);
});
