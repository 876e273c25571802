import { describe, expect, test } from 'vitest';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import type { Task } from '../../../../src/engine/base/task.ts';
import { FEATURE, OP_FEATURE } from '../../../../src/engine/codec/rbd-types.ts';
import type { ImageCtx } from '../../../../src/engine/librbd/image-ctx.ts';
import { openImage, withImage } from '../../../../src/engine/librbd/open.ts';
import { listChildren } from '../../../../src/engine/librbd/operation/children.ts';
import { cloneImage } from '../../../../src/engine/librbd/operation/clone.ts';
import { flattenImage } from '../../../../src/engine/librbd/operation/flatten.ts';
import { describeParent } from '../../../../src/engine/librbd/operation/parent-info.ts';
import { removeImage } from '../../../../src/engine/librbd/operation/remove.ts';
import { protectSnap } from '../../../../src/engine/librbd/operation/snap-protect.ts';
import { removeSnap } from '../../../../src/engine/librbd/operation/snap-remove.ts';
import { unprotectSnap } from '../../../../src/engine/librbd/operation/snap-unprotect.ts';
import { Bench, MIB, pattern } from './set-up.ts';

function withParent(isProtected: boolean): Bench {
  const bench = new Bench();
  bench.create('parent', 16 * MIB);
  bench.write('parent', 0, pattern(5 * MIB, 1));
  bench.snap('parent', 's', isProtected);
  return bench;
}

const on = (bench: Bench, name: string, body: (image: ImageCtx) => Task<unknown>): Task<unknown> =>
  withImage(bench.io(), { name }, {}, body);
const children = (bench: Bench): string[] =>
  bench.with('parent', (image) => listChildren(image)).map(({ imageName }) => imageName);
const opFeatures = (bench: Bench, name: string): number =>
  bench.with(name, function* (image) {
    return image.header.opFeatures;
  });

describe('clone format 1', () => {
  test('fact 21: needs a protected snapshot, which stays so while clones hang on it', () => {
    const bench = withParent(false);
    const source = { io: bench.io(), imageName: 'parent', snapName: 's' };
    expect(bench.errno(cloneImage(source, bench.io(), 'c'))).toBe(ERRNO.EINVAL);
    bench.with('parent', (image) => protectSnap(image, 's'));
    bench.clone('parent', 's', 'c');
    expect(children(bench)).toEqual(['c']);
    expect(bench.errno(on(bench, 'parent', (image) => protectSnap(image, 's')))).toBe(ERRNO.EBUSY);
    expect(bench.errno(on(bench, 'parent', (image) => unprotectSnap(image, 's')))).toBe(ERRNO.EBUSY);
    expect(bench.errno(on(bench, 'parent', (image) => removeSnap(image, 's')))).toBe(ERRNO.EBUSY);
    expect(bench.errno(removeImage(bench.io(), { name: 'parent' }))).toBe(ERRNO.ENOTEMPTY);
    bench.run(removeImage(bench.io(), { name: 'c' }));
    bench.with('parent', (image) => unprotectSnap(image, 's'));
    expect(bench.errno(on(bench, 'parent', (image) => unprotectSnap(image, 's')))).toBe(ERRNO.EINVAL);
    bench.with('parent', (image) => removeSnap(image, 's'));
    bench.run(removeImage(bench.io(), { name: 'parent' }));
    expect(bench.objects()).toEqual(['rbd_children', 'rbd_directory', 'rbd_info', 'rbd_trash']);
  });

  test('fact 27: without deep-flatten a snapshot keeps the parent until it goes', () => {
    const bench = withParent(true);
    const { LAYERING, EXCLUSIVE_LOCK, OBJECT_MAP } = FEATURE;
    bench.clone('parent', 's', 'c', { features: LAYERING | EXCLUSIVE_LOCK | OBJECT_MAP });
    bench.snap('c', 'mine');
    const before = bench.read('c', 'mine');
    bench.with('c', (image) => flattenImage(image));
    expect(bench.with('c', (image) => describeParent(image))).toBeNull();
    expect(bench.with('c', (image) => describeParent(image), { snapName: 'mine' })).toMatchObject({ snapName: 's' });
    expect(Buffer.compare(bench.read('c', 'mine'), before)).toBe(0);
    expect(children(bench)).toEqual(['c']);
    bench.with('c', (image) => removeSnap(image, 'mine'));
    expect(children(bench)).toEqual([]);
    bench.with('parent', (image) => unprotectSnap(image, 's'));
  });
});

describe('clone format 2', () => {
  test('fact 22: a removed snapshot stays in the trash namespace until its last clone is gone', () => {
    const bench = withParent(false);
    bench.clone('parent', 's', 'c1', { cloneFormat: 2 });
    bench.clone('parent', 's', 'c2', { cloneFormat: 2 });
    expect([opFeatures(bench, 'parent'), opFeatures(bench, 'c1')]).toEqual([
      OP_FEATURE.CLONE_PARENT,
      OP_FEATURE.CLONE_CHILD,
    ]);
    bench.with('parent', (image) => removeSnap(image, 's'));
    expect(opFeatures(bench, 'parent')).toBe(OP_FEATURE.CLONE_PARENT | OP_FEATURE.SNAP_TRASH);
    expect(children(bench)).toEqual(['c1', 'c2']);
    expect(bench.errno(removeImage(bench.io(), { name: 'parent' }))).toBe(ERRNO.ENOTEMPTY);
    bench.with('c1', (image) => flattenImage(image));
    expect(opFeatures(bench, 'c1')).toBe(0);
    expect(Buffer.compare(bench.read('c1'), bench.read('c2'))).toBe(0);
    bench.run(removeImage(bench.io(), { name: 'c2' }));
    expect(
      bench.with('parent', function* (image) {
        return [image.header.snaps, image.header.opFeatures];
      }),
    ).toEqual([[], 0]);
    bench.run(removeImage(bench.io(), { name: 'parent' }));
  });
});

describe('removing', () => {
  test('fact 20: not while another has the image open, and never what is not there', () => {
    const bench = withParent(true);
    bench.create('a', MIB);
    const handle = bench.run(openImage(bench.io(), { name: 'a' }));
    expect(bench.errno(removeImage(bench.io(), { name: 'a' }))).toBe(ERRNO.EBUSY);
    expect(handle.closed).toBe(false);
    expect(bench.errno(removeImage(bench.io(), { name: 'nosuch' }))).toBe(ERRNO.ENOENT);
  });
});
