import { CephError } from '../../base/errno.ts';
import type { CrushMap } from '../crush-map.ts';
import { isValidName } from '../names.ts';
import { idOfName } from '../tree.ts';
import { reweightBucket } from './bucket.ts';
import {
  bucketsOf,
  type Draft,
  type DraftBucket,
  type DraftChooseArg,
  edited,
  isShadowItem,
  setName,
} from './draft.ts';
import { rootsIn } from './find.ts';
import { addNewBucket } from './insert-item.ts';
import { rebuildShadowTrees } from './shadows.ts';

/** Adds an empty bucket that stands nowhere. EINVAL for a name that nobody may give. */
export function addBucket(map: CrushMap, name: string, type: number): CrushMap {
  return edited(map, (draft) => setName(draft, addNewBucket(draft, type, []), name));
}

/**
 * Renames a bucket. The error's context says what is wrong, in the words that tools print.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::rename_bucket — exact
 */
export function renameBucket(map: CrushMap, from: string, to: string): CrushMap {
  const [source, target] = [idOfName(map, from), idOfName(map, to)];
  if (source === undefined && target !== undefined) {
    throw new CephError('EALREADY', `srcname = '${from}' does not exist and dstname = '${to}' already exists`);
  }
  if (source === undefined) throw new CephError('ENOENT', `srcname = '${from}' does not exist`);
  if (target !== undefined) throw new CephError('EEXIST', `dstname = '${to}' already exists`);
  if (!isValidName(to)) throw new CephError('EINVAL', `dstname = '${to}' does not match [-_.0-9a-zA-Z]+`);
  if (source >= 0) {
    throw new CephError('ENOTDIR', `srcname = '${from}' is not a bucket because its id = ${source} is >= 0`);
  }
  return edited(map, (draft) => setName(draft, source, to));
}

/**
 * Works out the weights of all buckets from those of the devices.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::reweight — exact
 */
export function reweightAll(map: CrushMap): CrushMap {
  return edited(map, (draft) => {
    for (const root of rootsIn(draft)) {
      const bucket = draft.buckets.get(root);
      if (bucket === undefined || isShadowItem(draft, root)) continue;
      reweightBucket(draft, bucket);
      for (const args of draft.chooseArgs.values()) reweightArgs(draft, args, bucket);
    }
    rebuildShadowTrees(draft);
  });
}

/** Sums of weight sets, upwards. As in Ceph, only those of the first position are read and written. */
function reweightArgs(draft: Draft, args: Map<number, DraftChooseArg>, bucket: DraftBucket): number[] {
  const weightSets = args.get(bucket.id)?.weightSets ?? [];
  const sums = weightSets.map(() => 0);
  const [first] = weightSets;
  for (const [at, item] of bucket.items.entries()) {
    const child = item < 0 ? draft.buckets.get(item) : undefined;
    const below = child === undefined ? undefined : reweightArgs(draft, args, child);
    for (const position of sums.keys()) {
      const weight = below === undefined ? (first?.[at] ?? 0) : (below[position] ?? 0);
      sums[position] = ((sums[position] ?? 0) + weight) >>> 0;
      if (below !== undefined && first !== undefined) first[at] = weight;
    }
  }
  return sums;
}

/** Makes the shadow trees anew: see {@link rebuildShadowTrees}. */
export function rebuildClassRoots(map: CrushMap): CrushMap {
  return edited(map, rebuildShadowTrees);
}

/**
 * Makes choose_args with `positions` weight sets out of the weights of the tree. False in Ceph, the same map here,
 * where they are there.
 *
 * @ceph src/crush/CrushWrapper.h CrushWrapper::create_choose_args — exact
 */
export function createChooseArgs(map: CrushMap, key: number, positions: number): CrushMap {
  if (map.chooseArgs.has(key)) return map;
  return edited(map, (draft) => {
    const straw2 = bucketsOf(draft).filter((bucket) => bucket.alg === 'straw2');
    const argOf = (bucket: DraftBucket): DraftChooseArg => ({
      ids: [],
      weightSets: Array.from({ length: positions }, () => [...bucket.itemWeights]),
    });
    draft.chooseArgs.set(key, new Map(straw2.map((bucket) => [bucket.id, argOf(bucket)])));
  });
}

export function removeChooseArgs(map: CrushMap, key: number): CrushMap {
  return edited(map, (draft) => {
    draft.chooseArgs.delete(key);
  });
}
