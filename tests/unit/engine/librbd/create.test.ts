import { describe, expect, test } from 'vitest';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import { FEATURE } from '../../../../src/engine/codec/rbd-types.ts';
import { FEATURES_DEFAULT } from '../../../../src/engine/librbd/features.ts';
import { createImage } from '../../../../src/engine/librbd/operation/create.ts';
import { createSnap } from '../../../../src/engine/librbd/operation/snap-create.ts';
import { Bench, MIB } from './set-up.ts';

const { EXCLUSIVE_LOCK, FAST_DIFF, LAYERING, OBJECT_MAP, STRIPINGV2 } = FEATURE;

describe('creating an image', () => {
  test('makes its objects, and an object map of the right size', () => {
    const bench = new Bench();
    const id = bench.create('a', 32 * MIB);
    expect(bench.objects()).toEqual(
      ['rbd_directory', 'rbd_info', 'rbd_trash', 'rbd_id.a', `rbd_header.${id}`, `rbd_object_map.${id}`].sort(),
    );
    expect(bench.map(id)).toBe('00000000');
    expect(bench.run(bench.io().stat(`rbd_object_map.${id}`)).size).toBe(36);
  });

  test('takes a given id', () => {
    const bench = new Bench();
    bench.cluster.nextIds.push('1080d797c066');
    expect(bench.create('a', MIB)).toBe('1080d797c066');
  });

  test('fact 5: the check of the pool uses up two snapshot ids', () => {
    const bench = new Bench();
    bench.create('a', MIB);
    expect(bench.with('a', (image) => createSnap(image, 's'))).toBe(3);
  });

  test('fact 17: fast-diff goes with object-map, which needs exclusive-lock', () => {
    const bench = new Bench();
    const features = (name: string): number =>
      bench.with(name, function* (image) {
        return image.header.features;
      });
    bench.create('a', MIB, { features: FAST_DIFF | EXCLUSIVE_LOCK });
    bench.create('b', MIB, { features: LAYERING | EXCLUSIVE_LOCK | OBJECT_MAP });
    bench.create('c', MIB, { stripeUnit: 65_536, stripeCount: 4 });
    expect(features('a')).toBe(EXCLUSIVE_LOCK);
    expect(features('b')).toBe(LAYERING | EXCLUSIVE_LOCK | OBJECT_MAP | FAST_DIFF);
    expect(features('c')).toBe(FEATURES_DEFAULT | STRIPINGV2);
    expect(bench.errno(createImage(bench.io(), 'd', MIB, { features: OBJECT_MAP }))).toBe(ERRNO.EINVAL);
  });

  test('refuses', () => {
    const bench = new Bench();
    bench.create('a', MIB);
    const errno = (name: string, size: number, options = {}): number =>
      bench.errno(createImage(bench.io(), name, size, options));
    expect(errno('a', MIB)).toBe(ERRNO.EEXIST);
    expect(errno('b', 2 ** 53 - 1)).toBe(ERRNO.EINVAL);
    expect(errno('b', MIB, { order: 11 })).toBe(ERRNO.EDOM);
    expect(errno('b', MIB, { stripeUnit: 65_536 })).toBe(ERRNO.EINVAL);
    expect(errno('b', MIB, { stripeUnit: 100_000, stripeCount: 4 })).toBe(ERRNO.EINVAL);
    expect(errno('b', MIB, { dataPool: 'nosuch' })).toBe(ERRNO.ENOENT);
    expect(bench.errno(createImage(bench.io().inNamespace('nons'), 'b', MIB))).toBe(ERRNO.ENOENT);
    expect(bench.objects().filter((oid) => oid.startsWith('rbd_header'))).toHaveLength(1);
  });
});
