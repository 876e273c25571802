import { must } from '../../base/assert.ts';
import { CephError } from '../../base/errno.ts';
import { addBucketItems, makeBucket } from './bucket.ts';
import { trimChooseArgs } from './choose-args.ts';
import { type Draft, type DraftBucket, dropName, idOf, isShadowItem, placeBucket } from './draft.ts';
import { rootsIn } from './find.ts';

/** More shadow buckets, and items looked at to fill them, than 10,000 hosts and a dozen of classes need. */
const [MAX_SHADOWS, MAX_LOOKS] = [1 << 17, 1 << 24] as const;

type ClassBuckets = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** What goes along while shadow trees are made: ids that were shadow buckets before, and weights by choose_args. */
interface Making {
  readonly old: ClassBuckets;
  readonly usedIds: ReadonlySet<number>;
  readonly argWeights: Map<number, Map<number, number[]>>;
  /** From here upwards, to -1, all ids are taken: none is given back meanwhile. */
  freeFrom: number;
}

/**
 * Makes the shadow trees of all device classes anew and drops classes that nobody uses; to be called after every
 * change of tree, weight or class. Shadow buckets keep their ids.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::rebuild_roots_with_classes — exact
 */
export function rebuildShadowTrees(draft: Draft): void {
  const old = draft.classBuckets;
  dropDeadClasses(draft);
  const hasShadows = [...draft.buckets.keys()].some((id) => isShadowItem(draft, id));
  if (hasShadows) for (const root of rootsIn(draft)) if (isShadowItem(draft, root)) removeTree(draft, root);
  trimChooseArgs(draft);
  draft.classBuckets = new Map();
  populateClasses(draft, old);
}

function dropDeadClasses(draft: Draft): void {
  const used = new Set<number>();
  for (const [id, classId] of draft.deviceClasses) if (id >= 0) used.add(classId);
  const taken = new Set<number>();
  for (const { steps } of draft.rules.values()) for (const step of steps) if (step.op === 'take') taken.add(step.item);
  for (const byClass of draft.classBuckets.values()) {
    for (const [classId, shadow] of byClass) if (taken.has(shadow)) used.add(classId);
  }
  for (const classId of [...draft.classNames.keys()]) if (!used.has(classId)) draft.classNames.delete(classId);
}

function removeTree(draft: Draft, root: number): void {
  const bucket = draft.buckets.get(root);
  if (bucket === undefined) return;
  for (const item of bucket.items) if (item < 0) removeTree(draft, item);
  draft.buckets.delete(root);
  dropName(draft, root);
  draft.classBuckets.delete(root);
  draft.deviceClasses.delete(root);
}

/**
 * Makes a shadow tree of every tree for every class. EINVAL where there can be none, below a uniform bucket; ENOMEM
 * where there would be too many.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::populate_classes — exact
 */
export function populateClasses(draft: Draft, old: ClassBuckets): void {
  if (draft.classNames.size === 0) return;
  const usedIds = new Set([...old.values()].flatMap((byClass) => [...byClass.values()]));
  const making: Making = { old, usedIds, argWeights: new Map(), freeFrom: -1 };
  const classIds = [...draft.classNames.keys()].sort((a, b) => a - b);
  checkShadows(draft, classIds.length);
  for (const root of rootsIn(draft)) {
    if (isShadowItem(draft, root)) continue;
    for (const classId of classIds) cloneForClass(draft, making, root, classId);
  }
}

/** Classes times buckets: a few bytes may ask for very many. */
function checkShadows(draft: Draft, classes: number): void {
  let [shadows, looks] = [0, 0];
  for (const bucket of draft.buckets.values()) {
    if (isShadowItem(draft, bucket.id)) continue;
    shadows += classes;
    looks += classes * bucket.items.length;
  }
  if (shadows > MAX_SHADOWS || looks > MAX_LOOKS) {
    throw new CephError('ENOMEM', `${shadows} shadow buckets of ${classes} device classes are too many`);
  }
}

/** The shadow of a bucket and of all below it. @ceph src/crush/CrushWrapper.cc device_class_clone — exact */
function cloneForClass(draft: Draft, making: Making, id: number, classId: number): number {
  const name = draft.names.get(id);
  if (name === undefined) throw new CephError('EINVAL', `bucket ${id} has no name`);
  const copyName = `${name}~${draft.classNames.get(classId)}`;
  const made = idOf(draft, copyName);
  if (made !== undefined) return made;
  const original = must(draft.buckets.get(id), `bucket ${id}`);
  const { alg, hash, type } = original;
  const copy = makeBucket(draft, { id: 0, type, alg, hash });
  const places = fillClone(draft, making, original, copy, classId);
  const clone = { ...copy, id: making.old.get(id)?.get(classId) ?? freeId(draft, making) };
  placeBucket(draft, clone);
  draft.deviceClasses.set(clone.id, classId);
  draft.names.set(clone.id, copyName);
  draft.nameIds?.set(copyName, clone.id);
  draft.classBuckets.set(id, (draft.classBuckets.get(id) ?? new Map<number, number>()).set(classId, clone.id));
  for (const key of draft.chooseArgs.keys()) cloneChooseArgs(draft, making, key, original, clone, places);
  return clone.id;
}

/** Gives the copy what the class has of the original. Returns the places that these items have in the original. */
function fillClone(draft: Draft, making: Making, original: DraftBucket, copy: DraftBucket, classId: number): number[] {
  const places: number[] = [];
  const items: (readonly [number, number])[] = [];
  for (const [at, item] of original.items.entries()) {
    if (item >= 0 && draft.deviceClasses.get(item) !== classId) continue;
    const child = item >= 0 ? item : cloneForClass(draft, making, item, classId);
    const weight = item >= 0 ? original.itemWeights[at] : draft.buckets.get(child)?.weight;
    items.push([child, weight ?? 0]);
    places.push(at);
  }
  addBucketItems(draft, copy, items);
  return places;
}

function freeId(draft: Draft, making: Making): number {
  while (draft.buckets.has(making.freeFrom) || making.usedIds.has(making.freeFrom)) making.freeFrom--;
  return making.freeFrom;
}

/** Weight sets of a shadow bucket. As in Ceph, only the last position of the sums is worked out. */
function cloneChooseArgs(
  draft: Draft,
  making: Making,
  key: number,
  original: DraftBucket,
  clone: DraftBucket,
  places: readonly number[],
): void {
  const args = must(draft.chooseArgs.get(key), 'choose_args');
  const known = making.argWeights.get(key) ?? new Map<number, number[]>();
  making.argWeights.set(key, known);
  const from = args.get(original.id)?.weightSets ?? [];
  const weightSets = from.map((set, position) =>
    clone.items.map((item, at) => (item >= 0 ? set[places[at] ?? 0] : known.get(item)?.[position]) ?? 0),
  );
  args.set(clone.id, { ids: [], weightSets });
  if (weightSets.length === 0) return;
  const last = weightSets.length - 1;
  known.set(
    clone.id,
    weightSets.map((set, position) => (position === last ? set.reduce((sum, each) => sum + each, 0) : 0)),
  );
}
