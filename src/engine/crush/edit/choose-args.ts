import { addBucketItem, adjustBucketItem, removeBucketItem } from './bucket.ts';
import { bucketsOf, type Draft, type DraftBucket, type DraftChooseArg } from './draft.ts';

/** How many weight sets the buckets of one choose_args have: those of the first that has any, else one. */
export function positionsOf(args: ReadonlyMap<number, DraftChooseArg>): number {
  let first: number | undefined;
  for (const [id, arg] of args) if (arg.weightSets.length > 0 && (first === undefined || id > first)) first = id;
  return first === undefined ? 1 : (args.get(first)?.weightSets.length ?? 1);
}

/**
 * Choose_args of a new bucket: its own weights at every position.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::add_bucket — exact
 */
export function addChooseArgs(draft: Draft, bucket: DraftBucket): void {
  if (bucket.items.length === 0) return;
  for (const args of draft.chooseArgs.values()) {
    const positions = positionsOf(args);
    const weightSets = Array.from({ length: positions }, () => [...bucket.itemWeights]);
    args.set(bucket.id, { ids: args.get(bucket.id)?.ids ?? [], weightSets });
  }
}

/** Drops the choose_args of buckets that are gone or not straw2: `update_choose_args`. */
export function trimChooseArgs(draft: Draft): void {
  for (const args of draft.chooseArgs.values()) {
    for (const id of args.keys()) if (draft.buckets.get(id)?.alg !== 'straw2') args.delete(id);
  }
}

/** Adds an item to a bucket and to what choose_args say of it. */
export function addItem(draft: Draft, bucket: DraftBucket, item: number, weight: number): void {
  addBucketItem(draft, bucket, item, weight);
  for (const args of draft.chooseArgs.values()) {
    const arg = args.get(bucket.id);
    for (const set of arg?.weightSets ?? []) set.push(weight);
    if (arg !== undefined && arg.ids.length > 0) arg.ids.push(item);
  }
}

/** Takes an item out of a bucket and out of what choose_args say of it. */
export function removeItemOf(draft: Draft, bucket: DraftBucket, item: number): void {
  const at = bucket.items.indexOf(item);
  removeBucketItem(draft, bucket, item);
  for (const args of draft.chooseArgs.values()) {
    const arg = args.get(bucket.id);
    for (const set of arg?.weightSets ?? []) set.splice(at, 1);
    arg?.ids.splice(at, 1);
  }
}

/** Gives an item of a bucket another weight, where asked for in all weight sets too. */
export function adjustItem(draft: Draft, bucket: DraftBucket, item: number, weight: number, weightSets: boolean): void {
  if (weightSets) {
    const at = bucket.items.indexOf(item);
    for (const args of draft.chooseArgs.values()) {
      for (const set of args.get(bucket.id)?.weightSets ?? []) set[at] = weight;
    }
  }
  adjustBucketItem(draft, bucket, item, weight);
}

/**
 * Sets the weights of an item in one choose_args, in every bucket that holds it, and in turn those of these buckets.
 * Buckets that it says nothing of yet get a weight set. Returns whether anything changed.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::choose_args_adjust_item_weight — exact
 */
export function adjustChooseArgs(
  draft: Draft,
  args: Map<number, DraftChooseArg>,
  item: number,
  weights: readonly number[],
): boolean {
  let changed = false;
  for (const bucket of bucketsOf(draft)) if (adjustIn(draft, args, bucket, item, weights)) changed = true;
  return changed;
}

function adjustIn(
  draft: Draft,
  args: Map<number, DraftChooseArg>,
  bucket: DraftBucket,
  item: number,
  weights: readonly number[],
): boolean {
  let changed = false;
  let arg = args.get(bucket.id);
  if (arg === undefined || arg.weightSets.length === 0) {
    const weightSets = Array.from({ length: positionsOf(args) }, () => [...bucket.itemWeights]);
    arg = { ids: arg?.ids ?? [], weightSets };
    args.set(bucket.id, arg);
    changed = true;
  }
  if (arg.weightSets.length !== weights.length) return false;
  for (const [at, each] of bucket.items.entries()) {
    if (each !== item) continue;
    for (const [position, set] of arg.weightSets.entries()) set[at] = weights[position] ?? 0;
    changed = true;
  }
  if (changed) adjustChooseArgs(draft, args, bucket.id, weightSetSums(arg));
  return changed;
}

/** What a bucket weighs at each position. */
export function weightSetSums(arg: DraftChooseArg): number[] {
  return arg.weightSets.map((set) => set.reduce((sum, weight) => (sum + weight) >>> 0, 0));
}
