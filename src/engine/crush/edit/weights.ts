import { CephError } from '../../base/errno.ts';
import type { CrushMap } from '../crush-map.ts';
import { fixedOfFloat } from '../text.ts';
import { adjustChooseArgs, adjustItem, weightSetSums } from './choose-args.ts';
import { bucketsOf, type Draft, type DraftBucket, edited, idOf } from './draft.ts';
import type { Location } from './find.ts';
import { rebuildShadowTrees } from './shadows.ts';

/**
 * A weight as 16.16 fixed point, as the tools take it. EOVERFLOW for one below 0 or above 32767.
 *
 * @ceph src/crush/CrushWrapper.h validate_weightf — exact
 */
export function checkedWeight(weight: number): number {
  const scaled = Math.trunc(Math.fround(weight) * 0x10000);
  if (!(scaled >= 0 && scaled <= 0x7fff_ffff)) throw new CephError('EOVERFLOW', `weight ${weight}`);
  return fixedOfFloat(weight);
}

/**
 * Gives a device or bucket another weight wherever it stands, and the buckets above it theirs. `weight` 1 is 1.0.
 * ENOENT where it stands nowhere. Shadow trees follow where they hold it.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::adjust_item_weightf — exact
 */
export function reweightItem(map: CrushMap, item: number, weight: number): CrushMap {
  const fixed = checkedWeight(weight);
  return edited(map, (draft) => {
    if (!adjustEverywhere(draft, item, fixed, true)) throw new CephError('ENOENT', `item ${item}`);
  });
}

/**
 * Gives all devices below a bucket one weight.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::adjust_subtree_weightf — exact
 */
export function reweightSubtree(map: CrushMap, id: number, weight: number): CrushMap {
  const fixed = checkedWeight(weight);
  return edited(map, (draft) => {
    const queue = [bucketOr(draft, id)];
    for (let bucket = queue.shift(); bucket !== undefined; bucket = queue.shift()) {
      adjustDevices(draft, bucket, fixed);
      for (const item of bucket.items) {
        const child = item < 0 ? draft.buckets.get(item) : undefined;
        if (child !== undefined) queue.push(child);
      }
    }
    rebuildShadowTrees(draft);
  });
}

/** Gives all devices of a bucket one weight. The buckets above a straw2 one are told once, with the last of them. */
function adjustDevices(draft: Draft, bucket: DraftBucket, weight: number): void {
  const devices = bucket.items.filter((item) => item >= 0);
  if (devices.length === 0) return;
  if (bucket.alg !== 'straw2' || draft.chooseArgs.size > 0) {
    for (const item of devices) adjustInBucket(draft, item, weight, bucket, true);
    return;
  }
  bucket.itemWeights = bucket.itemWeights.map((each, at) => ((bucket.items[at] ?? -1) >= 0 ? weight : each));
  bucket.weight = bucket.itemWeights.reduce((sum, each) => (sum + each) >>> 0, 0);
  adjustEverywhere(draft, bucket.id, bucket.weight, false);
}

/** The bucket with that id, or ENOENT. */
export function bucketOr(draft: Draft, id: number): DraftBucket {
  const bucket = draft.buckets.get(id);
  if (bucket === undefined) throw new CephError('ENOENT', `bucket ${id}`);
  return bucket;
}

/** Sets an item's weight in all buckets that hold it. False where none does. */
export function adjustEverywhere(draft: Draft, item: number, weight: number, weightSets: boolean): boolean {
  let changed = false;
  for (const bucket of bucketsOf(draft)) if (adjustInBucket(draft, item, weight, bucket, weightSets)) changed = true;
  return changed;
}

/** Sets an item's weight in those buckets that a location names. False where none holds it. */
export function adjustAtLocation(
  draft: Draft,
  item: number,
  weight: number,
  location: Location,
  weightSets: boolean,
): boolean {
  let changed = false;
  for (const [, name] of [...location].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bucket = draft.buckets.get(idOf(draft, name) ?? 0);
    if (bucket !== undefined && adjustInBucket(draft, item, weight, bucket, weightSets)) changed = true;
  }
  return changed;
}

/**
 * Sets an item's weight in one bucket, and what follows from it above and in weight sets.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::adjust_item_weight_in_bucket — exact
 */
export function adjustInBucket(
  draft: Draft,
  item: number,
  weight: number,
  bucket: DraftBucket,
  weightSets: boolean,
): boolean {
  let changed = false;
  // Looked up rather than walked over: buckets may have thousands of items, and each new device comes by here.
  for (let at = bucket.items.indexOf(item); at >= 0; at = bucket.items.indexOf(item, at + 1)) {
    adjustItem(draft, bucket, item, weight, weightSets);
    adjustEverywhere(draft, bucket.id, bucket.weight, false);
    changed = true;
  }
  for (const args of draft.chooseArgs.values()) {
    const arg = args.get(bucket.id);
    if (arg !== undefined && arg.weightSets.length > 0) adjustChooseArgs(draft, args, bucket.id, weightSetSums(arg));
  }
  return changed;
}
