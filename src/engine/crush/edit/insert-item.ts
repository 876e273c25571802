import { CephError } from '../../base/errno.ts';
import { ALG } from '../compiled.ts';
import type { BucketAlg, CrushMap } from '../crush-map.ts';
import { isValidName } from '../names.ts';
import { makeBucket } from './bucket.ts';
import { addChooseArgs, addItem } from './choose-args.ts';
import { type Draft, edited, freeBucketId, idOf, placeBucket, setName } from './draft.ts';
import { type Location, levelsOf, subtreeContains } from './find.ts';
import { rebuildShadowTrees } from './shadows.ts';
import { adjustAtLocation, checkedWeight } from './weights.ts';

/** A device or bucket that is to stand somewhere. `weight` 1 is 1.0. */
export interface NewItem {
  readonly id: number;
  readonly weight: number;
  readonly name: string;
  readonly location: Location;
}

export type NewDevice = Pick<NewItem, 'id' | 'name'>;

/**
 * Adds an item at a location; buckets that the location names and that are not there are made.
 * EINVAL for a bad name, a location that is no place or holds the item already; EEXIST for a name that another has;
 * ELOOP where a bucket would come to hold itself.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::insert_item — exact
 */
export function insertItem(map: CrushMap, item: NewItem): CrushMap {
  return edited(map, (draft) => insertInto(draft, item, true));
}

/** As {@link insertItem}; where not told otherwise, weight sets get the weight of a device. */
export function insertInto(draft: Draft, item: NewItem, initWeightSets: boolean): void {
  const { id, name, weight, location } = item;
  checkNames(name, location);
  const fixed = checkedWeight(weight);
  const known = idOf(draft, name);
  if (known === undefined) setName(draft, id, name);
  else if (known !== id) throw new CephError('EEXIST', `name ${name}`);
  putInPlace(draft, id, location);
  if (!adjustAtLocation(draft, id, fixed, location, id >= 0 && initWeightSets)) {
    throw new CephError('EINVAL', `no place for item ${id}`);
  }
  draft.maxDevices = Math.max(draft.maxDevices, id + 1);
  rebuildShadowTrees(draft);
}

/**
 * Adds devices of one weight, which stand nowhere yet, at one location: as {@link insertInto} does one after another,
 * but the buckets above are told once, with the last of them. Errors as there.
 */
export function insertDevices(draft: Draft, devices: readonly NewDevice[], weight: number, location: Location): void {
  const fixed = checkedWeight(weight);
  const [lowest] = levelsOf(draft, location);
  for (const [at, { id, name }] of devices.entries()) {
    const bucket = draft.buckets.get(idOf(draft, lowest?.[1] ?? '') ?? 0);
    const isBetween = at > 0 && at < devices.length - 1 && idOf(draft, name) === undefined;
    if (isBetween && bucket?.alg === 'straw2' && draft.chooseArgs.size === 0) {
      setName(draft, id, name);
      bucket.items.push(id);
      bucket.itemWeights.push(fixed);
      bucket.weight = (bucket.weight + fixed) >>> 0;
    } else insertInto(draft, { id, name, weight, location }, true);
  }
}

/** EINVAL where a name or one of a location's is none that people may give. */
export function checkNames(name: string, location: Location): void {
  const wrong = [name, ...location.keys(), ...location.values()].find((each) => !isValidName(each));
  if (wrong !== undefined) throw new CephError('EINVAL', `name '${wrong}'`);
}

/** Puts an item, weightless, into the lowest bucket of a location that is there; those below it are made around it. */
function putInPlace(draft: Draft, id: number, location: Location): void {
  let current = id;
  for (const [type, name] of levelsOf(draft, location)) {
    const found = idOf(draft, name);
    if (found === undefined) {
      current = addNewBucket(draft, type, [current]);
      setName(draft, current, name);
      continue;
    }
    const bucket = draft.buckets.get(found);
    if (bucket === undefined || subtreeContains(draft, found, current)) throw new CephError('EINVAL', `in ${name}`);
    if (bucket.type !== type) throw new CephError('EINVAL', `type of ${name}`);
    if (subtreeContains(draft, current, found)) throw new CephError('ELOOP', `${name} in itself`);
    addItem(draft, bucket, current, 0);
    return;
  }
}

/**
 * Makes a bucket of the kind that the tunables ask for, its items weightless. Returns its id. EINVAL where no kind is
 * allowed.
 */
export function addNewBucket(draft: Draft, type: number, items: readonly number[]): number {
  const alg = defaultAlg(draft);
  if (alg === undefined) throw new CephError('EINVAL', 'no kind of bucket is allowed');
  const bucket = makeBucket(draft, { id: freeBucketId(draft), type, alg, items, weights: items.map(() => 0) });
  placeBucket(draft, bucket);
  addChooseArgs(draft, bucket);
  return bucket.id;
}

/** @ceph src/crush/CrushWrapper.h get_default_bucket_alg — exact */
function defaultAlg(draft: Draft): BucketAlg | undefined {
  const kinds = ['straw2', 'straw', 'tree', 'list', 'uniform'] as const;
  return kinds.find((alg) => draft.tunables.allowedBucketAlgs & (1 << ALG[alg]));
}
