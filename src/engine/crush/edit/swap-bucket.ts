import { CephError } from '../../base/errno.ts';
import type { CrushMap } from '../crush-map.ts';
import { addItem, removeItemOf } from './choose-args.ts';
import { type Draft, type DraftBucket, edited } from './draft.ts';
import { parentIn } from './find.ts';
import { rebuildShadowTrees } from './shadows.ts';
import { adjustEverywhere, bucketOr } from './weights.ts';

/**
 * Lets two buckets change contents, weights and names. EINVAL where one stands below the other.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::swap_bucket — exact
 */
export function swapBuckets(map: CrushMap, first: number, second: number): CrushMap {
  if (first >= 0 || second >= 0) throw new CephError('EINVAL', 'devices');
  return edited(map, (draft) => {
    if (!draft.names.has(first) || !draft.names.has(second)) throw new CephError('EINVAL', 'no such bucket');
    if (isAbove(draft, first, second) || isAbove(draft, second, first)) throw new CephError('EINVAL', 'one in another');
    const [a, b] = [bucketOr(draft, first), bucketOr(draft, second)];
    const [weightOfA, weightOfB] = [a.weight, b.weight];
    adjustEverywhere(draft, a.id, weightOfB, true);
    adjustEverywhere(draft, b.id, weightOfA, true);
    const kept = emptied(draft, a).sort(([x], [y]) => x - y);
    for (const [item, weight] of emptied(draft, b)) addItem(draft, a, item, weight);
    for (const [item, weight] of kept) addItem(draft, b, item, weight);
    swapNames(draft, first, second);
    rebuildShadowTrees(draft);
  });
}

function isAbove(draft: Draft, ancestor: number, item: number): boolean {
  for (let at = parentIn(draft, item); at !== undefined; at = parentIn(draft, at.id))
    if (at.id === ancestor) return true;
  return false;
}

/** Takes everything out of a bucket: items with their weights. */
function emptied(draft: Draft, bucket: DraftBucket): [item: number, weight: number][] {
  const out: [number, number][] = [];
  for (let left = bucket.items.length; left > 0; left--) {
    const item = bucket.items[0] ?? 0;
    out.push([item, bucket.itemWeights[0] ?? 0]);
    removeItemOf(draft, bucket, item);
  }
  return out;
}

function swapNames(draft: Draft, first: number, second: number): void {
  const [a, b] = [draft.names.get(first) ?? '', draft.names.get(second) ?? ''];
  draft.names.set(first, b).set(second, a);
  draft.nameIds = undefined;
}
