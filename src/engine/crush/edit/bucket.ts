import { CephError } from '../../base/errno.ts';
import type { BucketAlg } from '../crush-map.ts';
import { workOutDerived } from '../derived.ts';
import type { Draft, DraftBucket } from './draft.ts';

/** Nodes of a tree bucket are counted in one byte. */
const MAX_TREE_ITEMS = 64;

const U32 = 0x1_0000_0000;

/** What a new bucket is made from. */
export interface BucketParts {
  readonly id: number;
  readonly type: number;
  readonly alg: BucketAlg;
  readonly hash?: number;
  readonly items?: readonly number[];
  readonly weights?: readonly number[];
}

/**
 * A bucket of a kind. A uniform one takes the first weight for all. EINVAL for a tree bucket of more than 64 items,
 * ERANGE where weights run over.
 *
 * @ceph src/crush/builder.c crush_make_bucket — exact
 */
export function makeBucket(draft: Draft, parts: BucketParts): DraftBucket {
  const { id, type, alg, hash = 0, items = [], weights = [] } = parts;
  if (alg === 'tree' && items.length > MAX_TREE_ITEMS) throw new CephError('EINVAL', `tree of ${items.length} items`);
  const itemWeights = alg === 'uniform' ? items.map(() => weights[0] ?? 0) : [...weights];
  const weight = itemWeights.reduce((sum, each) => sum + each, 0);
  if (alg !== 'straw' && alg !== 'straw2' && weight >= U32) throw new CephError('ERANGE', `weight of bucket ${id}`);
  const derived = workOutDerived({ alg, itemWeights }, draft.tunables);
  return { id, type, alg, hash, weight: weight % U32, items: [...items], itemWeights, derived };
}

/**
 * Adds an item at the end. EINVAL where it weighs other than the rest of a uniform bucket.
 *
 * @ceph src/crush/builder.c crush_bucket_add_item — exact; nodes of a tree that Ceph leaves to chance are 0
 */
export function addBucketItem(draft: Draft, bucket: DraftBucket, item: number, weight: number): void {
  appendItem(bucket, item, weight);
  if (bucket.alg === 'straw') bucket.derived = workOutDerived(bucket, draft.tunables);
}

/** Adds items as {@link addBucketItem} does, and works out the straws of a straw bucket once. */
export function addBucketItems(draft: Draft, bucket: DraftBucket, items: Iterable<readonly [number, number]>): void {
  for (const [item, weight] of items) appendItem(bucket, item, weight);
  if (bucket.alg === 'straw') bucket.derived = workOutDerived(bucket, draft.tunables);
}

function appendItem(bucket: DraftBucket, item: number, weight: number): void {
  if (bucket.alg === 'uniform' && (bucket.derived[0] ?? 0) !== weight) {
    throw new CephError('EINVAL', `weight ${weight} in uniform bucket ${bucket.id}`);
  }
  if (bucket.alg === 'tree' && bucket.items.length >= MAX_TREE_ITEMS) throw new CephError('EINVAL', 'a full tree');
  if (bucket.weight + weight >= U32) throw new CephError('ERANGE', `weight of bucket ${bucket.id}`);
  bucket.items.push(item);
  bucket.itemWeights.push(weight);
  bucket.weight += weight;
  if (bucket.alg === 'list') bucket.derived.push(((bucket.derived.at(-1) ?? 0) + weight) % U32);
  else if (bucket.alg === 'tree') addTreeLeaf(bucket, weight);
}

function addTreeLeaf(bucket: DraftBucket, weight: number): void {
  const at = bucket.items.length - 1;
  const depth = treeDepth(bucket.items.length);
  const nodes = bucket.derived;
  while (nodes.length < 1 << depth) nodes.push(0);
  const root = nodes.length >> 1;
  nodes[2 * at + 1] = weight;
  if (depth >= 2 && 2 * at === root) nodes[root] = nodes[root >> 1] ?? 0;
  addAbove(nodes, at, depth, weight);
}

/** Adds to the nodes above a leaf. */
function addAbove(nodes: number[], leaf: number, depth: number, diff: number): void {
  let node = 2 * leaf + 1;
  for (let height = 1; height < depth; height++) {
    const up = 1 << height;
    node = ((node >> (height + 1)) << (height + 1)) | up;
    nodes[node] = ((nodes[node] ?? 0) + diff) >>> 0;
  }
}

function treeDepth(size: number): number {
  return size === 0 ? 0 : 33 - Math.clz32(size - 1);
}

/**
 * Takes an item out. In a tree bucket its place stays, weightless, unless it is the last.
 *
 * @ceph src/crush/builder.c crush_bucket_remove_item — exact
 */
export function removeBucketItem(draft: Draft, bucket: DraftBucket, item: number): void {
  const at = bucket.items.indexOf(item);
  if (at < 0) throw new CephError('ENOENT', `item ${item} in bucket ${bucket.id}`);
  const weight = bucket.alg === 'uniform' ? (bucket.derived[0] ?? 0) : (bucket.itemWeights[at] ?? 0);
  bucket.weight = weight < bucket.weight ? bucket.weight - weight : 0;
  if (bucket.alg === 'tree') {
    removeTreeLeaf(bucket, at, weight);
    return;
  }
  bucket.items.splice(at, 1);
  bucket.itemWeights.splice(at, 1);
  if (bucket.alg === 'list') {
    const after = bucket.derived.slice(at + 1).map((sum) => (sum - weight) >>> 0);
    bucket.derived.splice(at, bucket.derived.length, ...after);
  } else if (bucket.alg === 'straw') bucket.derived = workOutDerived(bucket, draft.tunables);
}

function removeTreeLeaf(bucket: DraftBucket, at: number, weight: number): void {
  const nodes = bucket.derived;
  bucket.items[at] = 0;
  bucket.itemWeights[at] = 0;
  nodes[2 * at + 1] = 0;
  addAbove(nodes, at, treeDepth(bucket.items.length), -weight);
  let size = bucket.items.length;
  while (size > 0 && (nodes[2 * size - 1] ?? 0) === 0) size--;
  if (size === bucket.items.length) return;
  if (treeDepth(size) !== treeDepth(bucket.items.length)) nodes.length = 1 << treeDepth(size);
  bucket.items.length = size;
  bucket.itemWeights.length = size;
}

/**
 * Gives an item another weight; in a uniform bucket all items.
 *
 * @ceph src/crush/builder.c crush_bucket_adjust_item_weight — exact
 */
export function adjustBucketItem(draft: Draft, bucket: DraftBucket, item: number, weight: number): void {
  const at = bucket.items.indexOf(item);
  if (bucket.alg === 'uniform') {
    bucket.derived = [weight];
    bucket.itemWeights = bucket.items.map(() => weight);
    bucket.weight = (weight * bucket.items.length) % U32;
    return;
  }
  if (at < 0) return;
  const diff = weight - (bucket.itemWeights[at] ?? 0);
  bucket.itemWeights[at] = weight;
  bucket.weight = (bucket.weight + diff) >>> 0;
  if (bucket.alg === 'list') {
    bucket.derived = bucket.derived.map((sum, index) => (index < at ? sum : (sum + diff) >>> 0));
  } else if (bucket.alg === 'tree') {
    bucket.derived[2 * at + 1] = weight;
    addAbove(bucket.derived, at, treeDepth(bucket.items.length), diff);
  } else if (bucket.alg === 'straw') bucket.derived = workOutDerived(bucket, draft.tunables);
}

/**
 * Works out the weights of a bucket and of all below it from those of the devices. As in Ceph, sums of list buckets
 * and inner nodes of tree buckets stay as they were, and a uniform bucket of buckets takes their mean.
 *
 * @ceph src/crush/builder.c crush_reweight_bucket — exact
 */
export function reweightBucket(draft: Draft, bucket: DraftBucket): void {
  const buckets = bucket.items.filter((item) => item < 0);
  let sum = 0;
  for (const [at, item] of bucket.items.entries()) {
    const child = item < 0 ? draft.buckets.get(item) : undefined;
    if (child !== undefined) {
      reweightBucket(draft, child);
      if (bucket.alg !== 'uniform') bucket.itemWeights[at] = child.weight;
      if (bucket.alg === 'tree') bucket.derived[2 * at + 1] = child.weight;
    }
    sum += bucket.alg === 'uniform' ? (child?.weight ?? 0) : (bucket.itemWeights[at] ?? 0);
  }
  if (sum >= U32) throw new CephError('ERANGE', `weight of bucket ${bucket.id}`);
  if (bucket.alg === 'uniform') {
    const leaves = bucket.items.length - buckets.length;
    const weight = buckets.length > leaves ? Math.floor(sum / buckets.length) : (bucket.derived[0] ?? 0);
    adjustBucketItem(draft, bucket, 0, weight);
    return;
  }
  bucket.weight = sum;
  if (bucket.alg === 'straw') bucket.derived = workOutDerived(bucket, draft.tunables);
}
