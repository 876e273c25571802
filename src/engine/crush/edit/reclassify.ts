import { must } from '../../base/assert.ts';
import { CephError, cppStrerror } from '../../base/errno.ts';
import type { CrushMap } from '../crush-map.ts';
import { splitShadow } from '../decompile-rule.ts';
import { makeBucket } from './bucket.ts';
import { classIdOf } from './class-ids.ts';
import { closeDraft, type Draft, type DraftBucket, idOf, isShadowItem, openDraft } from './draft.ts';
import { parentIn, subtreeContains } from './find.ts';
import { insertInto } from './insert-item.ts';
import { linkInto } from './move-item.ts';
import { rebuildShadowTrees } from './shadows.ts';

/** What buckets whose name fits are to become: part of a class, below a bucket where they have no other. */
export interface BucketMatch {
  readonly className: string;
  readonly parent: string;
}

/** What goes along: the map, and what was said. */
interface Reclassifying {
  readonly draft: Draft;
  readonly log: string[];
  /** Where the contents of a bucket go. */
  readonly sendTo: Map<number, number>;
  readonly newBuckets: Map<number, readonly [typeName: string, parent: string]>;
  readonly newIds: Map<string, number>;
  readonly shadows: (readonly [id: number, classId: number, shadow: number])[];
  readonly shadowNames: Map<number, string>;
}

/**
 * Turns trees that stand for a type of device into shadow trees of a class, so that no data moves. `roots` are trees
 * whose devices all get a class; `matches` are names of buckets, with a `%` before or behind, that are to be merged
 * into the bucket that the `%` stands for. Gives no map where it cannot be; the log says why.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::reclassify — exact
 */
export function reclassify(
  map: CrushMap,
  roots: ReadonlyMap<string, string>,
  matches: ReadonlyMap<string, BucketMatch>,
): { readonly map: CrushMap | undefined; readonly log: string } {
  const work: Reclassifying = {
    draft: openDraft(map),
    log: [],
    sendTo: new Map(),
    newBuckets: new Map(),
    newIds: new Map(),
    shadows: [],
    shadowNames: new Map(),
  };
  const done = attempt(() => {
    for (const [root, className] of sorted(roots)) classifyRoot(work, root, className);
    for (const [match, how] of sorted(matches)) classifyBuckets(work, match, how);
    work.draft.nameIds = undefined;
    moveContents(work);
    placeNewBuckets(work);
    nameShadows(work);
  });
  return { map: done ? closeDraft(work.draft) : undefined, log: work.log.join('') };
}

function attempt(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof CephError) return false;
    throw error;
  }
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function refuse(work: Reclassifying, text: string): never {
  work.log.push(`${text}\n`);
  throw new CephError('EINVAL', text);
}

function classifyRoot(work: Reclassifying, root: string, className: string): void {
  const { draft, log } = work;
  const rootId = idOf(draft, root);
  if (rootId === undefined) refuse(work, `root ${root} does not exist`);
  const classId = classIdOf(draft, className);
  log.push(`classify_root ${root} (${rootId}) as ${className}\n`);
  checkRules(work, root, rootId);
  const renumbered = new Map<number, number>();
  const queue = [rootId];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const bucket = draft.buckets.get(id);
    if (bucket === undefined) refuse(work, `cannot find bucket ${id}: ${cppStrerror(2)}`);
    renumbered.set(id, renumber(work, bucket, classId, className));
    for (const item of bucket.items) if (item < 0) queue.unshift(item);
  }
  for (const bucket of draft.buckets.values()) bucket.items = bucket.items.map((item) => renumbered.get(item) ?? item);
  rebuildShadowTrees(draft);
}

/** Rules that take a class of the root cannot stay what they are. */
function checkRules(work: Reclassifying, root: string, rootId: number): void {
  for (const { id, steps } of work.draft.rules.values()) {
    for (const step of steps) {
      if (step.op !== 'take') continue;
      const taken = splitShadow(work.draft, step.item);
      if (taken.classId === undefined || taken.id !== rootId) continue;
      refuse(work, `  rule ${id} includes take on root ${root} class ${taken.classId}`);
    }
  }
}

/** Gives a bucket a new id and leaves the old one to its shadow, which rules take then. */
function renumber(work: Reclassifying, bucket: DraftBucket, classId: number, className: string): number {
  const { draft, log } = work;
  const { id, alg, hash, type } = bucket;
  const newId = newBucketId(draft);
  log.push(`  renumbering bucket ${id} -> ${newId}\n`);
  draft.buckets.set(newId, { ...bucket, id: newId });
  draft.buckets.set(id, makeBucket(draft, { id, type, alg, hash }));
  for (const args of draft.chooseArgs.values()) {
    const arg = args.get(id);
    if (arg !== undefined) args.set(newId, arg);
    args.delete(id);
  }
  draft.classBuckets.delete(id);
  draft.classBuckets.set(newId, new Map([[classId, id]]));
  const name = draft.names.get(id) ?? '';
  draft.names.set(newId, name).set(id, `${name}~${className}`);
  return newId;
}

/** The first free place; where there is none, one place more. */
function newBucketId(draft: Draft): number {
  for (let id = -1; id >= -draft.maxBuckets; id--) if (!draft.buckets.has(id)) return id;
  draft.maxBuckets++;
  return -draft.maxBuckets;
}

function classifyBuckets(work: Reclassifying, match: string, { className, parent }: BucketMatch): void {
  const { draft, log } = work;
  const parentBucket = draft.buckets.get(idOf(draft, parent) ?? 0);
  if (parentBucket === undefined) refuse(work, `default parent ${parent} does not exist`);
  const typeName = draft.types.get(parentBucket.type) ?? '';
  log.push(`classify_bucket ${match} as ${className} default bucket ${parent} (${typeName})\n`);
  const classId = classIdOf(draft, className);
  for (let id = -1; id >= -draft.maxBuckets; id--) {
    const bucket = draft.buckets.get(id);
    if (bucket === undefined || isShadowItem(draft, id)) continue;
    const name = draft.names.get(id) ?? '';
    const baseName = baseNameOf(name, match, parent);
    if (baseName === undefined) continue;
    log.push(`match ${match} to ${name} basename ${baseName}\n`);
    const base = baseBucket(work, baseName, bucket, [typeName, parent]);
    work.sendTo.set(id, base);
    work.shadows.push([base, classId, id]);
    work.shadowNames.set(id, `${baseName}~${className}`);
    for (const item of bucket.items) if (item >= 0) draft.deviceClasses.set(item, classId);
  }
}

/** What the `%` of a pattern stands for in a name; for a pattern without one the parent. */
function baseNameOf(name: string, match: string, parent: string): string | undefined {
  if (name.length < match.length) return undefined;
  if (match.startsWith('%')) {
    return name.endsWith(match.slice(1)) ? name.slice(0, name.length - match.length + 1) : undefined;
  }
  if (match.endsWith('%')) return name.startsWith(match.slice(0, -1)) ? name.slice(match.length - 1) : undefined;
  return match === name ? parent : undefined;
}

/** The bucket of that name, made like another where there is none. */
function baseBucket(
  { draft, log, newIds, newBuckets }: Reclassifying,
  name: string,
  { alg, hash, type }: DraftBucket,
  place: readonly [typeName: string, parent: string],
): number {
  const known = idOf(draft, name);
  const made = newIds.get(name);
  if (known !== undefined) log.push(`  have base ${known}\n`);
  else if (made !== undefined) log.push(`  already creating base ${made}\n`);
  const there = known ?? made;
  if (there !== undefined) return there;
  const id = newBucketId(draft);
  draft.buckets.set(id, makeBucket(draft, { id, type, alg, hash }));
  draft.names.set(id, name);
  newIds.set(name, id);
  newBuckets.set(id, place);
  log.push(`  created base ${id}\n`);
  return id;
}

function moveContents(work: Reclassifying): void {
  const { draft, log, sendTo } = work;
  for (const [fromId, toId] of [...sendTo].sort(([a], [b]) => a - b)) {
    const [from, to] = [must(draft.buckets.get(fromId), 'bucket'), must(draft.buckets.get(toId), 'bucket')];
    const nameOf = (id: number) => draft.names.get(id) ?? '';
    log.push(`moving items from ${fromId} (${nameOf(fromId)}) to ${toId} (${nameOf(toId)})\n`);
    for (const item of [...from.items]) moveItem(work, item, from, to);
  }
}

function moveItem(work: Reclassifying, item: number, from: DraftBucket, to: DraftBucket): void {
  const { draft, sendTo } = work;
  const location = new Map([[draft.types.get(to.type) ?? '', draft.names.get(to.id) ?? '']]);
  const target = item >= 0 ? item : sendTo.get(item);
  if (target === undefined) throw new CephError('EINVAL', `item ${item} of bucket ${from.id} is not reclassified`);
  if (subtreeContains(draft, to.id, target)) return;
  tell(work, () => {
    if (target < 0) linkInto(draft, target, location);
    else {
      const weight = Math.fround(from.itemWeights[from.items.indexOf(item)] ?? 0) / 0x10000;
      insertInto(draft, { id: item, weight, name: draft.names.get(item) ?? '', location }, true);
    }
  });
}

/** Says why an item found no place. */
function tell({ log }: Reclassifying, insert: () => void): void {
  try {
    insert();
  } catch (error) {
    if (error instanceof CephError) log.push(`reclassify err from insert_item: ${cppStrerror(error.errno)}\n`);
    throw error;
  }
}

function placeNewBuckets(work: Reclassifying): void {
  const { draft, log, newBuckets } = work;
  for (const [id, [typeName, parent]] of [...newBuckets].sort(([a], [b]) => a - b)) {
    if (parentIn(draft, id) !== undefined) continue;
    log.push(`new bucket ${id} missing parent, adding at {${typeName}=${parent}}\n`);
    tell(work, () => linkInto(draft, id, new Map([[typeName, parent]])));
  }
}

/** The old buckets become the shadows of those that their contents went to. */
function nameShadows({ draft, shadows, shadowNames }: Reclassifying): void {
  for (const [id, classId, shadow] of shadows) {
    draft.classBuckets.set(id, (draft.classBuckets.get(id) ?? new Map<number, number>()).set(classId, shadow));
  }
  for (const [id, name] of shadowNames) draft.names.set(id, name);
  draft.nameIds = undefined;
  rebuildShadowTrees(draft);
}
