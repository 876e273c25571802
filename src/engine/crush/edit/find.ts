import { bucketsOf, type Draft, type DraftBucket, idOf, isShadowItem } from './draft.ts';

/** Where an item is to stand: bucket names by type name. */
export type Location = ReadonlyMap<string, string>;

/** True where any bucket, shadow ones too, holds the item. */
export function isHeld(draft: Draft, item: number): boolean {
  for (const bucket of draft.buckets.values()) if (bucket.items.includes(item)) return true;
  return false;
}

/** Buckets that no bucket holds, lowest id first. */
export function rootsIn(draft: Draft): number[] {
  const held = new Set<number>();
  for (const bucket of draft.buckets.values()) for (const item of bucket.items) if (item < 0) held.add(item);
  return [...draft.buckets.keys()].filter((id) => !held.has(id)).sort((a, b) => a - b);
}

export function subtreeContains(draft: Draft, root: number, item: number): boolean {
  if (root === item) return true;
  const items = draft.buckets.get(root)?.items ?? [];
  if (items.includes(item)) return true;
  for (const each of items) if (each < 0 && subtreeContains(draft, each, item)) return true;
  return false;
}

/** The first bucket, shadow ones aside, that holds the item. */
export function parentIn(draft: Draft, item: number): DraftBucket | undefined {
  return bucketsOf(draft).find((bucket) => !isShadowItem(draft, bucket.id) && bucket.items.includes(item));
}

/**
 * The item's weight in the lowest bucket that the location names; undefined where it does not stand there.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::check_item_loc — exact
 */
export function weightAtLocation(draft: Draft, item: number, location: Location): number | undefined {
  for (const [, name] of levelsOf(draft, location)) {
    const bucket = draft.buckets.get(idOf(draft, name) ?? 0);
    const at = bucket?.items.indexOf(item) ?? -1;
    return at < 0 ? undefined : bucket?.itemWeights[at];
  }
  return undefined;
}

/** The levels of a location, devices aside, lowest type first. */
export function levelsOf(draft: Draft, location: Location): [type: number, name: string][] {
  const types = [...draft.types].filter(([type]) => type !== 0).sort(([a], [b]) => a - b);
  return types.flatMap(([type, typeName]): [number, string][] => {
    const name = location.get(typeName);
    return name === undefined ? [] : [[type, name]];
  });
}

/** The weight of an item where it is found first, or of the bucket itself; undefined where it stands nowhere. */
export function weightIn(draft: Draft, id: number): number | undefined {
  for (const bucket of bucketsOf(draft)) {
    if (bucket.id === id) return bucket.weight;
    const at = bucket.items.indexOf(id);
    if (at >= 0) return bucket.itemWeights[at];
  }
  return undefined;
}
