import { expect, test } from 'vitest';
import { freshCrushMap } from '../../../../src/engine/crush/build.ts';
import type { CrushMap } from '../../../../src/engine/crush/crush-map.ts';
import { rebuildClassRoots } from '../../../../src/engine/crush/shadow.ts';
import { classOf, devicesUnder, idOfName, parentOf, rootsOf, weightOf } from '../../../../src/engine/crush/tree.ts';

const fresh = freshCrushMap({ osds: 9, osdsPerHost: 3 });

/** The map with devices put into a second class. */
function withSsd(map: CrushMap, devices: number[]): CrushMap {
  const deviceClasses = new Map(map.deviceClasses);
  for (const device of devices) deviceClasses.set(device, 1);
  return rebuildClassRoots({ ...map, deviceClasses, classNames: new Map(map.classNames).set(1, 'ssd') });
}

test('shadow buckets of a fresh map have the ids of a real one', () => {
  const ids = ['default', 'ceph1', 'ceph2', 'ceph3', 'ceph1~hdd', 'ceph2~hdd', 'ceph3~hdd', 'default~hdd'];
  expect(ids.map((name) => idOfName(fresh, name))).toEqual([-1, -2, -3, -4, -5, -6, -7, -8]);
  expect(fresh.buckets.get(-8)).toMatchObject({ items: [-5, -6, -7], weight: 11790, itemWeights: [3930, 3930, 3930] });
  expect(fresh.classBuckets).toEqual(
    new Map([
      [-1, new Map([[0, -8]])],
      [-2, new Map([[0, -5]])],
      [-3, new Map([[0, -6]])],
      [-4, new Map([[0, -7]])],
    ]),
  );
});

test('a new class gets shadow trees with ids of their own, and the old ones keep theirs', () => {
  const map = withSsd(fresh, [1, 4]);
  expect(devicesUnder(map, idOfName(map, 'default~ssd') ?? 0)).toEqual([1, 4]);
  expect(devicesUnder(map, -8)).toEqual([0, 2, 3, 5, 6, 7, 8]);
  expect(map.buckets.get(-8)?.weight).toBe(7 * 1310);
  expect(classOf(map, 4)).toBe('ssd');
  expect(rebuildClassRoots(map)).toEqual(map);
});

test('parents, roots and weights do not see shadow buckets unless asked', () => {
  expect(parentOf(fresh, 4)?.id).toBe(-3);
  expect(parentOf(fresh, -3)?.id).toBe(-1);
  expect(parentOf(fresh, -1)).toBeUndefined();
  expect(rootsOf(fresh)).toEqual([-1]);
  expect(rootsOf(fresh, true)).toEqual([-8, -1]);
  expect([weightOf(fresh, 4), weightOf(fresh, -3), weightOf(fresh, -1)]).toEqual([1310, 3930, 11790]);
});
