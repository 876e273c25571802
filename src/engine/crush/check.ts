import { DecodeError, type DecodeKind } from '../codec/decode-error.ts';
import type { CrushBucket, CrushMap } from './crush-map.ts';

/** How deep a tree may be, and how many nodes it may have when buckets that stand in several places count for each. */
const [MAX_DEPTH, MAX_NODES] = [1000, 500_000] as const;
/** More devices than any cluster has; lists by device, and dumps of them, stay small. */
const MAX_DEVICES = 1 << 18;

/**
 * The map itself, if mapping can be trusted with it: buckets hold only what exists, none holds itself through others,
 * the tree has an end that can be walked to, and choose_args fit their buckets. Else EINVAL. Ceph has some of these
 * checks in its compiler and its monitor.
 */
export function checkCrushMap(map: CrushMap): CrushMap {
  if (map.maxDevices > MAX_DEVICES) refuse(`${map.maxDevices} devices`, 'max_devices', 'too-large');
  const nodes = new Map<number, number>();
  let total = 0;
  for (const bucket of map.buckets.values()) {
    checkBucket(bucket);
    total = Math.max(total, nodesBelow(map, bucket, new Set(), nodes));
  }
  if (total > MAX_NODES) refuse(`a tree of ${total} nodes`, 'buckets', 'too-large');
  for (const args of map.chooseArgs.values()) {
    for (const { bucketId, ids, weightSets } of args) {
      const size = map.buckets.get(bucketId)?.items.length;
      if (size === undefined) continue;
      const fits = (list: readonly number[]) => list.length === size;
      if ((ids.length > 0 && !fits(ids)) || !weightSets.every(fits))
        refuse(`choose_args of bucket ${bucketId}`, 'choose_args');
    }
  }
  return map;
}

function checkBucket({ id, alg, hash, items, derived }: CrushBucket): void {
  if (hash !== 0) refuse(`bucket ${id} has hash ${hash}`, `buckets[${-1 - id}].hash`);
  if (alg !== 'tree' || derived === undefined || items.length === 0) return;
  const depth = 33 - Math.clz32(items.length - 1);
  if (derived.length !== 1 << depth) {
    refuse(`tree bucket ${id} of ${items.length} items has ${derived.length} nodes`, `buckets[${-1 - id}].num_nodes`);
  }
}

/** How many nodes the tree from a bucket on has, itself counted. */
function nodesBelow(map: CrushMap, bucket: CrushBucket, above: Set<number>, known: Map<number, number>): number {
  const done = known.get(bucket.id);
  if (done !== undefined) return done;
  if (above.has(bucket.id)) refuse(`bucket ${bucket.id} holds itself`, `buckets[${-1 - bucket.id}].items`);
  if (above.size >= MAX_DEPTH) refuse(`a tree deeper than ${MAX_DEPTH}`, 'buckets', 'too-large');
  above.add(bucket.id);
  let nodes = 1;
  for (const item of bucket.items) {
    const child = item < 0 ? map.buckets.get(item) : undefined;
    if (item < 0 && child === undefined) {
      refuse(`bucket ${bucket.id} holds ${item}, which is not there`, `buckets[${-1 - bucket.id}].items`);
    }
    nodes += child === undefined ? 1 : nodesBelow(map, child, above, known);
  }
  above.delete(bucket.id);
  known.set(bucket.id, nodes);
  return nodes;
}

function refuse(what: string, field: string, kind: DecodeKind = 'corrupt'): never {
  throw new DecodeError(kind, `CRUSH map: ${what}`, { offset_bytes: null, field });
}
