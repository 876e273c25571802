import { must } from '../base/assert.ts';
import type { CrushBucket, CrushMap } from './crush-map.ts';

/** The maps of a CrushMap that shadow trees change, open for writing. */
interface Draft {
  readonly source: CrushMap;
  readonly buckets: Map<number, CrushBucket>;
  readonly names: Map<number, string>;
  readonly deviceClasses: Map<number, number>;
  readonly classBuckets: Map<number, Map<number, number>>;
  /** Ids that shadow buckets had before; a bucket gets its old one again and nobody else does. */
  readonly oldIds: ReadonlySet<number>;
}

/** True for the name of a shadow bucket: `default~hdd`. */
export function isShadowName(name: string): boolean {
  return name.includes('~');
}

/**
 * Makes the shadow tree of each device class anew: for each bucket one that holds only devices of that class, with
 * the weights to match. To be called after every change of tree, weight or class. Shadow buckets keep their ids.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::rebuild_roots_with_classes — exact, but weight sets of shadow buckets
 *   are left as they are
 */
export function rebuildClassRoots(map: CrushMap): CrushMap {
  const draft = withoutShadows(map);
  const classIds = [...map.classNames.keys()].sort((a, b) => a - b);
  for (const root of rootsOf(draft.buckets)) for (const classId of classIds) cloneForClass(draft, root, classId);
  const { buckets, names, deviceClasses, classBuckets } = draft;
  return { ...map, buckets, names, deviceClasses, classBuckets };
}

function withoutShadows(map: CrushMap): Draft {
  const shadow = (id: number) => isShadowName(map.names.get(id) ?? '');
  return {
    source: map,
    buckets: new Map([...map.buckets].filter(([id]) => !shadow(id))),
    names: new Map([...map.names].filter(([id]) => !shadow(id))),
    deviceClasses: new Map([...map.deviceClasses].filter(([id]) => !shadow(id))),
    classBuckets: new Map(),
    oldIds: new Set([...map.classBuckets.values()].flatMap((byClass) => [...byClass.values()])),
  };
}

/** Buckets that no other bucket holds, lowest id first. */
function rootsOf(buckets: ReadonlyMap<number, CrushBucket>): number[] {
  const held = new Set([...buckets.values()].flatMap((bucket) => bucket.items));
  return [...buckets.keys()].filter((id) => !held.has(id)).sort((a, b) => a - b);
}

/** The shadow of a bucket and of all below it. Returns the shadow's id. */
function cloneForClass(draft: Draft, id: number, classId: number): number {
  const made = draft.classBuckets.get(id)?.get(classId);
  if (made !== undefined) return made;
  const bucket = must(draft.buckets.get(id), `bucket ${id}`);
  const items: number[] = [];
  const itemWeights: number[] = [];
  bucket.items.forEach((item, at) => {
    if (item >= 0) {
      if (draft.deviceClasses.get(item) !== classId) return;
      items.push(item);
      itemWeights.push(bucket.itemWeights[at] ?? 0);
    } else {
      const child = cloneForClass(draft, item, classId);
      items.push(child);
      itemWeights.push(draft.buckets.get(child)?.weight ?? 0);
    }
  });
  const weight = itemWeights.reduce((sum, each) => sum + each, 0);
  const { derived: _, ...plain } = bucket;
  return addShadow(draft, { ...plain, items, itemWeights, weight }, classId);
}

function addShadow(draft: Draft, like: CrushBucket, classId: number): number {
  const id = draft.source.classBuckets.get(like.id)?.get(classId) ?? freeId(draft);
  draft.buckets.set(id, { ...like, id });
  draft.names.set(id, `${draft.names.get(like.id) ?? ''}~${draft.source.classNames.get(classId) ?? ''}`);
  draft.deviceClasses.set(id, classId);
  const byClass = draft.classBuckets.get(like.id) ?? new Map<number, number>();
  draft.classBuckets.set(like.id, byClass.set(classId, id));
  return id;
}

function freeId(draft: Draft): number {
  let id = -1;
  while (draft.buckets.has(id) || draft.oldIds.has(id)) id--;
  return id;
}
