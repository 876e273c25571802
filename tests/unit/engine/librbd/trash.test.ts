import { expect, test } from 'vitest';
import { bytesOfData } from '../../../../src/engine/base/data.ts';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import { listImages } from '../../../../src/engine/librbd/operation/list.ts';
import { renameImage } from '../../../../src/engine/librbd/operation/rename.ts';
import {
  listTrash,
  moveToTrash,
  purgeTrash,
  removeFromTrash,
  restoreFromTrash,
} from '../../../../src/engine/librbd/operation/trash.ts';
import { Bench, MIB, pattern } from './set-up.ts';

test('fact 34: an image goes to the trash with header and data, and comes back', () => {
  const bench = new Bench();
  const id = bench.create('a', MIB);
  bench.write('a', 0, pattern(100, 1));
  const before = bench.objects();
  bench.run(moveToTrash(bench.io(), 'a'));
  expect(bench.objects()).toEqual(before.filter((oid) => oid !== 'rbd_id.a'));
  expect(bench.run(listImages(bench.io()))).toEqual([]);
  expect(bench.run(listTrash(bench.io()))).toMatchObject([
    { id, spec: { name: 'a', source: 'user', state: 'normal' } },
  ]);
  bench.create('a', MIB);
  expect(bench.errno(restoreFromTrash(bench.io(), id))).toBe(ERRNO.EEXIST);
  bench.run(restoreFromTrash(bench.io(), id, 'b'));
  expect(bench.run(listImages(bench.io())).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(bench.read('b').subarray(0, 100)).toEqual(bytesOfData(pattern(100, 1)));
  expect(bench.errno(restoreFromTrash(bench.io(), id))).toBe(ERRNO.ENOENT);
});

test('what has not expired stays, unless forced', () => {
  const bench = new Bench();
  const id = bench.create('a', MIB);
  const hour_us = 3_600_000_000;
  bench.run(moveToTrash(bench.io(), 'a', bench.cluster.now_us() + hour_us));
  bench.run(purgeTrash(bench.io(), bench.cluster.now_us()));
  expect(bench.run(listTrash(bench.io()))).toHaveLength(1);
  expect(bench.errno(removeFromTrash(bench.io(), id, false))).toBe(ERRNO.EPERM);
  bench.run(removeFromTrash(bench.io(), id, true));
  expect(bench.objects()).toEqual(['rbd_directory', 'rbd_info', 'rbd_trash']);
});

test('fact 32: another name, but not one that is in use', () => {
  const bench = new Bench();
  bench.create('a', MIB);
  bench.create('b', MIB);
  expect(bench.errno(renameImage(bench.io(), 'a', 'b'))).toBe(ERRNO.EEXIST);
  expect(bench.errno(renameImage(bench.io(), 'a', 'a'))).toBe(ERRNO.EEXIST);
  expect(bench.errno(renameImage(bench.io(), 'c', 'd'))).toBe(ERRNO.ENOENT);
  bench.run(renameImage(bench.io(), 'a', 'c'));
  expect(bench.run(listImages(bench.io())).map(({ name }) => name)).toEqual(['b', 'c']);
});
