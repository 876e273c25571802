import { CephError } from '../base/errno.ts';
import type { CrushBucket, CrushMap } from './crush-map.ts';

/**
 * The map itself, if mapping can be trusted with it: buckets hold only what exists, none holds itself through others,
 * and choose_args fit their buckets. Else EINVAL. Ceph has these checks in its compiler and its monitor.
 */
export function checkCrushMap(map: CrushMap): CrushMap {
  const done = new Set<number>();
  for (const bucket of map.buckets.values()) checkBelow(map, bucket, new Set(), done);
  for (const args of map.chooseArgs.values()) {
    for (const { bucketId, ids, weightSets } of args) {
      const size = map.buckets.get(bucketId)?.items.length;
      if (size === undefined) continue;
      const fits = (list: readonly number[]) => list.length === size;
      if ((ids.length > 0 && !fits(ids)) || !weightSets.every(fits)) refuse(`choose_args of bucket ${bucketId}`);
    }
  }
  return map;
}

function checkBelow(map: CrushMap, bucket: CrushBucket, above: Set<number>, done: Set<number>): void {
  if (done.has(bucket.id)) return;
  if (bucket.hash !== 0) refuse(`bucket ${bucket.id} has hash ${bucket.hash}`);
  if (above.has(bucket.id)) refuse(`bucket ${bucket.id} holds itself`);
  above.add(bucket.id);
  for (const item of bucket.items) {
    if (item >= 0) continue;
    const child = map.buckets.get(item);
    if (child === undefined) refuse(`bucket ${bucket.id} holds ${item}, which is not there`);
    else checkBelow(map, child, above, done);
  }
  above.delete(bucket.id);
  done.add(bucket.id);
}

function refuse(what: string): never {
  throw new CephError('EINVAL', `CRUSH map: ${what}`);
}
