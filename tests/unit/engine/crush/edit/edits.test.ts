import { describe, expect, test } from 'vitest';
import { freshCrushMap } from '../../../../../src/engine/crush/build.ts';
import type { CrushMap } from '../../../../../src/engine/crush/crush-map.ts';
import { decodeCrushMap } from '../../../../../src/engine/crush/decode.ts';
import { createChooseArgs, removeChooseArgs, renameBucket } from '../../../../../src/engine/crush/edit/buckets.ts';
import { removeDeviceClass, renameClass, setDeviceClass } from '../../../../../src/engine/crush/edit/classes.ts';
import { linkBucket } from '../../../../../src/engine/crush/edit/move-item.ts';
import { removeItem, removeItemUnder, unlinkItem } from '../../../../../src/engine/crush/edit/remove-item.ts';
import { renameRule, ruleIdOf } from '../../../../../src/engine/crush/edit/rules.ts';
import { swapBuckets } from '../../../../../src/engine/crush/edit/swap-bucket.ts';
import { reweightItem, reweightSubtree } from '../../../../../src/engine/crush/edit/weights.ts';
import { encodeCrushMap } from '../../../../../src/engine/crush/encode.ts';
import { devicesUnder, idOfName, weightOf } from '../../../../../src/engine/crush/tree.ts';

const ONE = 0x10000;
const fresh = freshCrushMap({ osds: 6, osdsPerHost: 2, weight: 1 });

function idOf(map: CrushMap, name: string): number {
  return idOfName(map, name) ?? 0;
}

/** Every edit leaves a map that can be written and read, and whose shadow tree weighs what its class does. */
function checked(map: CrushMap): CrushMap {
  expect(decodeCrushMap(encodeCrushMap(map)).names).toEqual(new Map([...map.names].sort(([a], [b]) => a - b)));
  return map;
}

describe('edits of the tree', () => {
  test('a host that is swapped for another takes its place, devices and name', () => {
    const heavy = reweightSubtree(fresh, idOf(fresh, 'ceph1'), 3);
    const map = checked(swapBuckets(heavy, idOf(heavy, 'ceph1'), idOf(heavy, 'ceph2')));
    expect(idOf(map, 'ceph2')).toBe(idOf(heavy, 'ceph1'));
    expect(devicesUnder(map, idOf(map, 'ceph2'))).toEqual([2, 3]);
    expect(weightOf(map, idOf(map, 'ceph1'))).toBe(6 * ONE);
    expect(weightOf(map, idOf(map, 'default'))).toBe(10 * ONE);
    expect(() => swapBuckets(heavy, idOf(heavy, 'default'), idOf(heavy, 'ceph1'))).toThrow(/Invalid argument/);
  });

  test('a host that is linked stands in two trees, and is unlinked from one', () => {
    const host = idOf(fresh, 'ceph1');
    const linked = checked(linkBucket(fresh, host, new Map([['root', 'second']])));
    const second = idOf(linked, 'second');
    expect(devicesUnder(linked, second)).toEqual([0, 1]);
    expect(weightOf(linked, second)).toBe(2 * ONE);
    const back = checked(removeItemUnder(linked, host, second, true));
    expect(devicesUnder(back, second)).toEqual([]);
    expect(devicesUnder(back, idOf(back, 'default'))).toHaveLength(6);
  });

  test('an item that is unlinked weighs nothing any more', () => {
    const map = checked(unlinkItem(fresh, 0));
    expect(weightOf(map, idOf(map, 'default'))).toBe(5 * ONE);
    expect(weightOf(map, idOf(map, 'default~hdd'))).toBe(5 * ONE);
    expect(unlinkItem(map, 77).buckets).toEqual(map.buckets);
    expect(() => removeItem(map, -77)).toThrow(/No such file/);
    expect(() => removeItem(map, idOf(map, 'ceph2'))).toThrow(/not empty/);
  });

  test('classes: a device has one, and the last device takes it along', () => {
    expect(() => setDeviceClass(fresh, [0], 'ssd')).toThrow(/already bound to class 'hdd'/);
    const ssd = checked(setDeviceClass(removeDeviceClass(fresh, [0]), [0], 'ssd'));
    expect(devicesUnder(ssd, idOf(ssd, 'default~ssd'))).toEqual([0]);
    const renamed = checked(renameClass(ssd, 'ssd', 'nvme'));
    expect(devicesUnder(renamed, idOf(renamed, 'default~nvme'))).toEqual([0]);
    const without = checked(removeDeviceClass(renamed, [0]));
    expect([...without.classNames.values()]).toEqual(['hdd']);
    expect(without.buckets.size).toBe(fresh.buckets.size);
  });

  test('weight sets follow the weights that are set, and keep their sums', () => {
    const map = checked(reweightItem(createChooseArgs(fresh, -1, 2), 0, 2.5));
    const root = map.chooseArgs.get(-1)?.find(({ bucketId }) => bucketId === idOf(map, 'default'));
    expect(root?.weightSets).toEqual([
      [3.5 * ONE, 2 * ONE, 2 * ONE],
      [3.5 * ONE, 2 * ONE, 2 * ONE],
    ]);
    expect(removeChooseArgs(map, -1).chooseArgs.size).toBe(0);
  });

  test('names: only those that are free and good', () => {
    expect(idOf(checked(renameBucket(fresh, 'ceph1', 'a-1')), 'a-1')).toBe(idOf(fresh, 'ceph1'));
    expect(() => renameBucket(fresh, 'ceph1', 'ceph2')).toThrow(/already exists/);
    expect(() => renameBucket(fresh, 'ceph1', 'a~b')).toThrow(/does not match/);
    expect(() => renameBucket(fresh, 'osd.0', 'x')).toThrow(/is not a bucket/);
    expect(ruleIdOf(renameRule(fresh, 'replicated_rule', 'r'), 'r')).toBe(0);
  });
});
