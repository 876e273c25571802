import { must } from '../base/assert.ts';
import {
  type BucketAlg,
  type CrushBucket,
  type CrushChooseArg,
  type CrushMap,
  DEFAULT_CHOOSE_ARGS,
} from './crush-map.ts';
import { derivedOf } from './derived.ts';

/** Bucket kinds by their number in Ceph's encoding. */
export const ALG: Readonly<Record<BucketAlg, number>> = { uniform: 1, list: 2, tree: 3, straw: 4, straw2: 5 };

/** Items of a bucket begin at a multiple of this, so that they can be drawn from four at a time. */
const ALIGN = 4;

/**
 * A CRUSH map laid out flat for mapping. A bucket `id` has index `-1 - id`; its items stand at `start[index]` and
 * the `size[index]` places after it. Places up to the next bucket are 0.
 */
export interface CompiledMap {
  readonly maxDevices: number;
  /** Type by bucket index; -1 where there is no bucket. */
  readonly type: Int32Array;
  readonly alg: Uint8Array;
  readonly start: Int32Array;
  readonly size: Int32Array;
  /** How many items the largest bucket has. */
  readonly largest: number;
  readonly items: Int32Array;
  /** What straw2 hashes for each item: the item, unless choose_args give another id. */
  readonly ids: Int32Array;
  /** Item weights for each position of the result; the last one serves all further positions. */
  readonly weights: readonly Float64Array[];
  /** By bucket index: list sums, tree node weights, straw lengths; undefined for other kinds. */
  readonly legacy: readonly (Float64Array | undefined)[];
  /** True where all buckets are straw2 and hold only what is there: such a map the SIMD core can do. */
  readonly plain: boolean;
}

const cache = new WeakMap<CrushMap, Map<number, CompiledMap>>();

/** The flat form of a map with the choose_args of that key (a pool id), else the default ones, if there are any. */
export function compiled(map: CrushMap, chooseArgs: number): CompiledMap {
  const key = map.chooseArgs.has(chooseArgs) ? chooseArgs : DEFAULT_CHOOSE_ARGS;
  let byKey = cache.get(map);
  if (byKey === undefined) cache.set(map, (byKey = new Map()));
  let result = byKey.get(key);
  if (result === undefined) byKey.set(key, (result = compile(map, map.chooseArgs.get(key) ?? [])));
  return result;
}

function compile(map: CrushMap, chooseArgs: readonly CrushChooseArg[]): CompiledMap {
  let count = 0;
  for (const id of map.buckets.keys()) count = Math.max(count, -id);
  const buckets = Array.from({ length: count }, (_, index) => map.buckets.get(-1 - index));
  const args = new Map(chooseArgs.map((arg) => [arg.bucketId, arg]));
  const positions = chooseArgs.reduce((most, arg) => Math.max(most, arg.weightSets.length), 1);
  const size = Int32Array.from(buckets, (bucket) => bucket?.items.length ?? 0);
  const start = new Int32Array(count);
  let places = 0;
  for (let index = 0; index < count; index++) {
    start[index] = places;
    places += Math.ceil((size[index] ?? 0) / ALIGN) * ALIGN;
  }
  const items = new Int32Array(places);
  const ids = new Int32Array(places);
  const weights = Array.from({ length: positions }, () => new Float64Array(places));
  for (const [index, bucket] of buckets.entries()) {
    if (bucket === undefined) continue;
    const [from, arg] = [start[index] ?? 0, args.get(bucket.id)];
    put(items, from, bucket.items, bucket.items.length);
    put(ids, from, idsOf(bucket, arg), bucket.items.length);
    for (const [position, list] of weights.entries()) {
      put(list, from, weightsAt(bucket, arg, position), bucket.items.length);
    }
  }
  return {
    maxDevices: map.maxDevices,
    type: Int32Array.from(buckets, (bucket) => bucket?.type ?? -1),
    alg: Uint8Array.from(buckets, (bucket) => (bucket === undefined ? 0 : ALG[bucket.alg])),
    start,
    size,
    largest: size.reduce((most, each) => Math.max(most, each), 0),
    items,
    ids,
    weights,
    legacy: buckets.map((bucket) => bucket && legacyOf(map, bucket)),
    plain: buckets.every((bucket) => bucket === undefined || isPlain(map, bucket)),
  };
}

function put(list: Int32Array | Float64Array, from: number, values: readonly number[], count: number): void {
  for (let i = 0; i < count; i++) list[from + i] = values[i] ?? 0;
}

function isPlain(map: CrushMap, { alg, items }: CrushBucket): boolean {
  if (alg !== 'straw2') return false;
  return items.every((item) => (item >= 0 ? item < map.maxDevices : map.buckets.has(item)));
}

function idsOf(bucket: CrushBucket, arg: CrushChooseArg | undefined): readonly number[] {
  return arg === undefined || arg.ids.length === 0 ? bucket.items : arg.ids;
}

function weightsAt(bucket: CrushBucket, arg: CrushChooseArg | undefined, position: number): readonly number[] {
  if (arg === undefined || arg.weightSets.length === 0) return bucket.itemWeights;
  return must(arg.weightSets[Math.min(position, arg.weightSets.length - 1)], 'weight set');
}

function legacyOf(map: CrushMap, bucket: CrushBucket): Float64Array | undefined {
  if (bucket.alg === 'uniform' || bucket.alg === 'straw2') return undefined;
  return Float64Array.from(derivedOf(bucket, map.tunables));
}
