import { expect, test } from 'vitest';
import { bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import { removeHandle } from '../../../../src/engine/librbd/handles.ts';
import { readImage, writeImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { closeImage, openImage } from '../../../../src/engine/librbd/open.ts';
import { addImageLock, getImageLock } from '../../../../src/engine/librbd/operation/lock.ts';
import { createSnap } from '../../../../src/engine/librbd/operation/snap-create.ts';
import { listImageWatchers } from '../../../../src/engine/librbd/operation/watchers.ts';
import { Bench, MIB } from './set-up.ts';

test('fact 40b: a client that only reads is a watcher, one that writes holds the lock until it closes', () => {
  const bench = new Bench();
  bench.create('a', MIB);
  const guest = bench.run(openImage(bench.io(), { name: 'a' }));
  bench.run(readImage(guest, 0, 100));
  expect(bench.with('a', getImageLock).lockers).toEqual([]);
  expect(bench.with('a', listImageWatchers)).toHaveLength(1);
  bench.run(writeImage(guest, 0, fillData(100, 1)));
  const lock = bench.with('a', getImageLock);
  expect(lock).toMatchObject({ type: 'exclusive', tag: 'internal' });
  expect(lock.lockers[0]).toMatchObject({ client: guest.io.rados.clientId, cookie: `auto ${guest.cookie}` });
  bench.run(closeImage(guest));
  expect(bench.with('a', getImageLock).lockers).toEqual([]);
  expect(bench.with('a', listImageWatchers)).toEqual([]);
});

test('two clients that write take the lock from each other, and see what the other did', () => {
  const bench = new Bench();
  bench.create('a', MIB, { order: 12 });
  const [one, two] = [bench.run(openImage(bench.io(), { name: 'a' })), bench.run(openImage(bench.io(), { name: 'a' }))];
  bench.run(writeImage(one, 0, fillData(10, 1)));
  bench.run(writeImage(two, 4096, fillData(10, 2)));
  expect([one.locked, two.locked]).toEqual([false, true]);
  bench.run(createSnap(one, 's'));
  bench.run(writeImage(two, 5, fillData(10, 3)));
  expect(two.header.snaps.map(({ name }) => name)).toEqual(['s']);
  expect(bench.read('a').subarray(0, 12)).toEqual(new Uint8Array([1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3]));
  expect(bench.read('a', 's').subarray(0, 12)).toEqual(new Uint8Array([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]));
  expect(bytesOfData(bench.run(readImage(one, 4096, 1)))).toEqual(new Uint8Array([2]));
});

test('the lock of a client that died is broken once its watch has timed out', () => {
  const bench = new Bench();
  bench.create('a', MIB);
  const task = bench.io();
  const writing = (function* () {
    const image = yield* openImage(task, { name: 'a' });
    yield* writeImage(image, 0, fillData(10, 1));
    task.rados.port.clientDied(task.rados.clientId);
    removeHandle(image);
  })();
  bench.run(writing);
  const before_us = bench.cluster.now_us();
  bench.write('a', 0, fillData(10, 2));
  expect(bench.cluster.now_us() - before_us).toBeGreaterThan(25_000_000);
  expect(bench.read('a')[0]).toBe(2);
});

test('a lock made by hand is refused to others', () => {
  const bench = new Bench();
  bench.create('a', MIB);
  bench.with('a', (image) => addImageLock(image, 'mine', null));
  const again = bench.run(openImage(bench.io(), { name: 'a' }));
  expect(bench.errno(addImageLock(again, 'mine', null))).toBe(ERRNO.EBUSY);
  expect(() => bench.run(writeImage(again, 0, fillData(1, 1)))).toThrow("the lock 'mine' made by hand");
});
