import { CephError } from '../../base/errno.ts';
import type { CrushMap } from '../crush-map.ts';
import { splitShadow } from '../decompile-rule.ts';
import { removeItemOf, trimChooseArgs } from './choose-args.ts';
import { bucketsOf, type Draft, type DraftBucket, dropName, edited } from './draft.ts';
import { isHeld } from './find.ts';
import { rebuildShadowTrees } from './shadows.ts';
import { adjustInBucket, bucketOr } from './weights.ts';

/**
 * Removes an item from wherever it stands, and from the map. ENOENT for a bucket that is not there, ENOTEMPTY for one
 * that holds something, EBUSY for one that a rule takes. A device that is not there is no error.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::remove_item — exact
 */
export function removeItem(map: CrushMap, item: number): CrushMap {
  return edited(map, (draft) => {
    if (item < 0) checkRemovable(draft, item);
    if (!dropEverywhere(draft, item, false)) throw new CephError('ENOENT', `item ${item}`);
  });
}

/**
 * Takes an item out of the tree; a bucket itself stays in the map. ENOENT for a bucket that stands nowhere and that a
 * rule takes.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::remove_item — exact, with unlink_only
 */
export function unlinkItem(map: CrushMap, item: number): CrushMap {
  return edited(map, (draft) => {
    if (!unlinkEverywhere(draft, item)) throw new CephError('ENOENT', `item ${item}`);
  });
}

/** The same in a draft; false where it stands nowhere. */
export function unlinkEverywhere(draft: Draft, item: number): boolean {
  return dropEverywhere(draft, item, true);
}

/**
 * Removes an item from below one bucket, and from the map if it was there alone.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::remove_item_under — exact
 */
export function removeItemUnder(map: CrushMap, item: number, ancestor: number, unlinkOnly: boolean): CrushMap {
  return edited(map, (draft) => {
    if (!unlinkOnly && isInUse(draft, item)) throw new CephError('EBUSY', `item ${item}`);
    if (ancestor >= 0 || !draft.buckets.has(ancestor)) throw new CephError('EINVAL', `bucket ${ancestor}`);
    if (!dropUnder(draft, item, bucketOr(draft, ancestor), unlinkOnly)) throw new CephError('ENOENT', `item ${item}`);
    if (item < 0 && !unlinkOnly && bucketOr(draft, item).items.length > 0) {
      throw new CephError('ENOTEMPTY', `bucket ${item}`);
    }
    dropLast(draft, item, unlinkOnly);
  });
}

function checkRemovable(draft: Draft, id: number): void {
  if (bucketOr(draft, id).items.length > 0) throw new CephError('ENOTEMPTY', `bucket ${id}`);
  if (isInUse(draft, id)) throw new CephError('EBUSY', `bucket ${id}`);
}

function dropEverywhere(draft: Draft, item: number, unlinkOnly: boolean): boolean {
  let dropped = false;
  for (const bucket of bucketsOf(draft)) if (dropFrom(draft, item, bucket)) dropped = true;
  return dropLast(draft, item, unlinkOnly) || dropped;
}

function dropUnder(draft: Draft, item: number, bucket: DraftBucket, unlinkOnly: boolean): boolean {
  let dropped = dropFrom(draft, item, bucket);
  for (const child of [...bucket.items]) {
    const below = child < 0 ? draft.buckets.get(child) : undefined;
    if (below !== undefined && dropUnder(draft, item, below, unlinkOnly)) dropped = true;
  }
  return dropped;
}

function dropFrom(draft: Draft, item: number, bucket: DraftBucket): boolean {
  let dropped = false;
  for (let at = 0; at < bucket.items.length; at++) {
    if (bucket.items[at] !== item) continue;
    adjustInBucket(draft, item, 0, bucket, true);
    removeItemOf(draft, bucket, item);
    dropped = true;
  }
  return dropped;
}

/** @ceph src/crush/CrushWrapper.cc CrushWrapper::_maybe_remove_last_instance — exact */
function dropLast(draft: Draft, item: number, unlinkOnly: boolean): boolean {
  if (isHeld(draft, item) || (item < 0 && isInUse(draft, item))) return false;
  if (item < 0 && !unlinkOnly) {
    draft.buckets.delete(item);
    draft.classBuckets.delete(item);
    draft.deviceClasses.delete(item);
    trimChooseArgs(draft);
  }
  if ((item >= 0 || !unlinkOnly) && draft.names.has(item)) {
    dropName(draft, item);
    if (item >= 0 && !unlinkOnly) draft.deviceClasses.delete(item);
  }
  rebuildWhatCanBe(draft);
  return true;
}

/** Shadow trees, as far as they can be made: Ceph does not look whether it could. */
function rebuildWhatCanBe(draft: Draft): void {
  try {
    rebuildShadowTrees(draft);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
  }
}

/** True for the bucket or its shadow that a rule takes, and for a shadow bucket. */
function isInUse(draft: Draft, id: number): boolean {
  for (const byClass of draft.classBuckets.values())
    for (const shadow of byClass.values()) if (shadow === id) return true;
  for (const { steps } of [...draft.rules.values()].sort((a, b) => a.id - b.id)) {
    for (const step of steps) {
      if (step.op !== 'take') continue;
      const original = takenBucket(draft, step.item);
      if (original === undefined) return false;
      if (step.item === id || original === id) return true;
    }
  }
  return false;
}

function takenBucket(draft: Draft, item: number): number | undefined {
  try {
    return splitShadow(draft, item).id;
  } catch (error) {
    if (error instanceof CephError) return undefined;
    throw error;
  }
}
