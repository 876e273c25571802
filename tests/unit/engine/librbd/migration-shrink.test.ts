import { expect, test } from 'vitest';
import { bytesOfData } from '../../../../src/engine/base/data.ts';
import { commitMigration } from '../../../../src/engine/librbd/migration/commit.ts';
import { executeMigration } from '../../../../src/engine/librbd/migration/execute.ts';
import { prepareMigration } from '../../../../src/engine/librbd/migration/prepare.ts';
import { resizeImage } from '../../../../src/engine/librbd/operation/resize.ts';
import { Bench, KIB, pattern } from './set-up.ts';

const SIZE = 64 * KIB;
const ORDER = 13;

/** An image of eight objects and a snapshot, on its way to `b`. */
function migrating(): Bench {
  const bench = new Bench();
  bench.create('a', SIZE, { order: ORDER });
  bench.write('a', 0, pattern(SIZE, 1));
  bench.snap('a', 's');
  bench.write('a', 0, pattern(SIZE, 2));
  bench.run(prepareMigration(bench.io(), 'a', bench.io(), 'b', {}));
  return bench;
}

test('MG4 CopyupRequest.cc update_object_maps: a destination with an object map is shrunk before its objects were copied', () => {
  const bench = migrating();
  bench.with('b', (image) => resizeImage(image, 20 * KIB, true));
  const id = bench.with('b', function* (image) {
    return image.id;
  });
  expect(bench.map(id)).toMatch(/^..1$/);
  bench.with('b', (image) => resizeImage(image, SIZE, true));
  const head = new Uint8Array(SIZE);
  head.set(bytesOfData(pattern(SIZE, 2)).subarray(0, 20 * KIB));
  const check = (): void => {
    expect(bench.read('b', 's')).toEqual(bytesOfData(pattern(SIZE, 1)));
    expect(bench.read('b')).toEqual(head);
  };
  check();
  bench.run(executeMigration(bench.io(), 'b'));
  check();
  bench.run(commitMigration(bench.io(), 'b'));
  check();
  expect(bench.map(id)).toBe('11100000');
});
