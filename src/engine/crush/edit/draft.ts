import { CephError } from '../../base/errno.ts';
import type { BucketAlg, CrushBucket, CrushChooseArg, CrushMap, CrushRule, CrushTunables } from '../crush-map.ts';
import { derivedOf } from '../derived.ts';
import { isValidName } from '../names.ts';
import { maxBucketsOf, maxRulesOf, withPlaces } from '../places.ts';

/** More places for buckets than any map has use for; ids beyond are refused, so that no text can fill the memory. */
const MAX_PLACES = 1 << 20;

/** A bucket open for writing. `derived` is always there. */
export interface DraftBucket {
  readonly id: number;
  readonly type: number;
  readonly alg: BucketAlg;
  readonly hash: number;
  weight: number;
  items: number[];
  itemWeights: number[];
  derived: number[];
}

/** What choose_args say of one bucket. */
export interface DraftChooseArg {
  ids: number[];
  weightSets: number[][];
}

/**
 * A CRUSH map open for writing: what edits work on. It is made from a map, changed, and made a map again; nobody keeps
 * one. Choose_args are by key and bucket id.
 */
export interface Draft {
  readonly source: CrushMap;
  tunables: CrushTunables;
  maxDevices: number;
  maxBuckets: number;
  maxRules: number;
  readonly types: Map<number, string>;
  readonly buckets: Map<number, DraftBucket>;
  readonly names: Map<number, string>;
  readonly rules: Map<number, CrushRule>;
  readonly deviceClasses: Map<number, number>;
  readonly classNames: Map<number, string>;
  classBuckets: Map<number, Map<number, number>>;
  readonly chooseArgs: Map<number, Map<number, DraftChooseArg>>;
  /** Ids by name; made anew when it is undefined. */
  nameIds: Map<string, number> | undefined;
}

/** A map without anything in it. */
export function emptyMap(tunables: CrushTunables): CrushMap {
  const none = new Map<number, never>();
  return {
    tunables,
    maxDevices: 0,
    types: none,
    buckets: none,
    names: none,
    rules: none,
    deviceClasses: none,
    classNames: none,
    classBuckets: none,
    chooseArgs: none,
  };
}

/** The map that `change` makes of a map. */
export function edited(map: CrushMap, change: (draft: Draft) => void): CrushMap {
  const draft = openDraft(map);
  change(draft);
  return closeDraft(draft);
}

export function openDraft(map: CrushMap): Draft {
  return {
    source: map,
    tunables: map.tunables,
    maxDevices: map.maxDevices,
    maxBuckets: maxBucketsOf(map),
    maxRules: maxRulesOf(map),
    types: new Map(map.types),
    buckets: new Map([...map.buckets].map(([id, bucket]) => [id, openBucket(bucket, map.tunables)])),
    names: new Map(map.names),
    rules: new Map(map.rules),
    deviceClasses: new Map(map.deviceClasses),
    classNames: new Map(map.classNames),
    classBuckets: new Map([...map.classBuckets].map(([id, byClass]) => [id, new Map(byClass)])),
    chooseArgs: new Map([...map.chooseArgs].map(([key, args]) => [key, openArgs(args)])),
    nameIds: undefined,
  };
}

function openBucket(bucket: CrushBucket, tunables: CrushTunables): DraftBucket {
  const derived = [...derivedOf(bucket, tunables)];
  return { ...bucket, items: [...bucket.items], itemWeights: [...bucket.itemWeights], derived };
}

function openArgs(args: readonly CrushChooseArg[]): Map<number, DraftChooseArg> {
  return new Map(
    args.map(({ bucketId, ids, weightSets }) => [
      bucketId,
      { ids: [...ids], weightSets: weightSets.map((set) => [...set]) },
    ]),
  );
}

export function closeDraft(draft: Draft): CrushMap {
  const map: CrushMap = {
    ...draft.source,
    tunables: draft.tunables,
    maxDevices: draft.maxDevices,
    types: draft.types,
    buckets: new Map(bucketsOf(draft).map((bucket) => [bucket.id, closeBucket(bucket)])),
    names: draft.names,
    rules: new Map([...draft.rules].sort(([a], [b]) => a - b)),
    deviceClasses: draft.deviceClasses,
    classNames: draft.classNames,
    classBuckets: draft.classBuckets,
    chooseArgs: new Map([...draft.chooseArgs].map(([key, args]) => [key, closeArgs(args)])),
  };
  return withPlaces(map, draft.maxBuckets, draft.maxRules);
}

function closeBucket(bucket: DraftBucket): CrushBucket {
  const { derived, ...plain } = bucket;
  return bucket.alg === 'straw2' ? plain : bucket;
}

function closeArgs(args: ReadonlyMap<number, DraftChooseArg>): CrushChooseArg[] {
  const used = [...args].filter(([, { ids, weightSets }]) => ids.length > 0 || weightSets.length > 0);
  return used.sort(([a], [b]) => b - a).map(([bucketId, arg]) => ({ bucketId, ...arg }));
}

/** The buckets in the order of their places: -1 first. */
export function bucketsOf(draft: Draft): DraftBucket[] {
  return [...draft.buckets.values()].sort((a, b) => b.id - a.id);
}

/**
 * Puts a bucket in its place; there are more places when it needs them. EEXIST where the place is taken, ENOMEM for an
 * id out of reach, EINVAL for one that is no bucket's (where Ceph crashes).
 *
 * @ceph src/crush/builder.c crush_add_bucket — exact
 */
export function placeBucket(draft: Draft, bucket: DraftBucket): void {
  if (bucket.id >= 0) throw new CephError('EINVAL', `bucket id ${bucket.id}`);
  if (bucket.id < -MAX_PLACES) throw new CephError('ENOMEM', `bucket id ${bucket.id}`);
  while (-bucket.id > draft.maxBuckets) draft.maxBuckets = draft.maxBuckets === 0 ? 8 : 2 * draft.maxBuckets;
  if (draft.buckets.has(bucket.id)) throw new CephError('EEXIST', `bucket ${bucket.id}`);
  draft.buckets.set(bucket.id, bucket);
}

/** The first id that no bucket has. */
export function freeBucketId(draft: Draft): number {
  let id = -1;
  while (draft.buckets.has(id)) id--;
  return id;
}

/** The id that has a name; of several the highest. */
export function idOf(draft: Draft, name: string): number | undefined {
  if (draft.nameIds === undefined) {
    draft.nameIds = new Map([...draft.names].sort(([a], [b]) => a - b).map(([id, each]) => [each, id]));
  }
  return draft.nameIds.get(name);
}

/** Names an item; EINVAL for a name that nobody may give. The name it had before leads to it, too, for a while. */
export function setName(draft: Draft, id: number, name: string): void {
  if (!isValidName(name)) throw new CephError('EINVAL', `name '${name}'`);
  draft.names.set(id, name);
  draft.nameIds?.set(name, id);
}

export function dropName(draft: Draft, id: number): void {
  draft.names.delete(id);
  draft.nameIds = undefined;
}

/** True for a bucket whose name nobody may give: that of a shadow tree. */
export function isShadowItem(draft: Draft, id: number): boolean {
  const name = draft.names.get(id);
  return name !== undefined && !isValidName(name);
}
