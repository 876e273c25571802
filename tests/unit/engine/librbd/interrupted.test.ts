import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../../../src/engine/base/task.ts';
import { FLAG } from '../../../../src/engine/codec/rbd-types.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import type { ImageCtx } from '../../../../src/engine/librbd/image-ctx.ts';
import { withImage } from '../../../../src/engine/librbd/open.ts';
import { flattenImage } from '../../../../src/engine/librbd/operation/flatten.ts';
import { checkObjectMap } from '../../../../src/engine/librbd/operation/object-map-check.ts';
import { removeImage } from '../../../../src/engine/librbd/operation/remove.ts';
import { resizeImage } from '../../../../src/engine/librbd/operation/resize.ts';
import { removeSnap, removeSnapById } from '../../../../src/engine/librbd/operation/snap-remove.ts';
import { rollbackSnap } from '../../../../src/engine/librbd/operation/snap-rollback.ts';
import { Bench, KIB, pattern } from './set-up.ts';

const OBJECT = 4 * KIB;
/** Longer than a dead client's watch lives. */
const PAST_WATCH_TIMEOUT_US = 31_000_000;

/** A parent and a clone of it, each with data, snapshots and a hole. */
function prepared(): Bench {
  const bench = new Bench();
  bench.create('p', 5 * OBJECT, { order: 12 });
  bench.write('p', 0, pattern(2 * OBJECT, 1));
  bench.write('p', 3 * OBJECT, pattern(100, 2));
  bench.snap('p', 's', true);
  bench.clone('p', 's', 'c');
  bench.write('c', 100, pattern(50, 3));
  bench.snap('c', 'kept');
  bench.write('c', OBJECT, pattern(OBJECT, 4));
  bench.write('c', 4 * OBJECT, pattern(10, 5));
  bench.cluster.records.commit();
  return bench;
}

const on = (io: IoCtx, body: Parameters<typeof withImage<void>>[3]): Task<void> =>
  withImage(io, { name: 'c' }, {}, body);

const OPERATIONS: readonly (readonly [name: string, run: (io: IoCtx) => Task<void>])[] = [
  ['flatten', (io) => on(io, (image) => flattenImage(image))],
  ['shrink', (io) => on(io, (image) => resizeImage(image, OBJECT + 7, true))],
  ['rollback', (io) => on(io, (image) => rollbackSnap(image, 'kept'))],
  ['snap rm', (io) => on(io, removeKept)],
];

/** What can be seen of the clone, the object map checked against the objects on the way. */
function seen(bench: Bench): unknown {
  const flags = bench.with('c', function* (image) {
    yield* checkObjectMap(image);
    return image.header.flags;
  });
  expect(flags & FLAG.OBJECT_MAP_INVALID).toBe(0);
  const snaps = bench.with('c', function* (image) {
    return image.header.snaps.map(({ name }) => name);
  });
  const parent = bench.with('c', function* (image) {
    return image.header.parentOverlap;
  });
  const digests = [bench.read('c'), ...snaps.map((name) => bench.read('c', name))].map(digest);
  return [parent, snaps, digests, bench.objects()];
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** By its name; half removed it is in the trash, under another name. */
function* removeKept(image: ImageCtx): Task<void> {
  const [snap] = image.header.snaps;
  if (snap?.namespace.type === 'user') yield* removeSnap(image, 'kept');
  else if (snap !== undefined) yield* removeSnapById(image, snap.id);
}

/** Runs a task for so many steps, and drops it as a key press does. True where it had not ended by itself. */
function runSome(bench: Bench, task: Task<void>, steps: number): boolean {
  for (let i = 0; i < steps; i++) if (bench.cluster.step(task).kind === 'done') return false;
  task.return();
  return true;
}

describe('an operation that is stopped between two steps and run again ends as one that was not stopped', () => {
  for (const [name, run] of OPERATIONS) {
    test(name, () => {
      const bench = prepared();
      bench.run(run(bench.io()));
      const whole = seen(bench);
      for (let steps = 1, stopped = true; stopped; steps++) {
        bench.cluster.records.rollback();
        bench.cluster.resume();
        stopped = runSome(bench, run(bench.io()), steps);
        bench.cluster.advance(PAST_WATCH_TIMEOUT_US);
        if (stopped) bench.errno(run(bench.io()));
        expect(seen(bench)).toEqual(whole);
      }
    });
  }

  test('rm', () => {
    const bench = prepared();
    const remove = (): Task<void> => removeImage(bench.io(), { name: 'c' });
    bench.with('c', (image) => removeSnap(image, 'kept'));
    bench.cluster.records.commit();
    bench.run(remove());
    const left = bench.objects();
    expect(left.some((oid) => oid.startsWith('rbd_id.c'))).toBe(false);
    for (let steps = 1, stopped = true; stopped; steps++) {
      bench.cluster.records.rollback();
      bench.cluster.resume();
      stopped = runSome(bench, remove(), steps);
      bench.cluster.advance(PAST_WATCH_TIMEOUT_US);
      if (stopped) bench.errno(remove());
      expect(bench.objects()).toEqual(left);
    }
  });
});
