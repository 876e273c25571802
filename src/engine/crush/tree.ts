import type { CrushBucket, CrushMap } from './crush-map.ts';
import { ONE } from './fixed.ts';
import { isShadowName } from './shadow.ts';

/** The id of a bucket or device by its name; undefined where there is none. */
export function idOfName(map: CrushMap, name: string): number | undefined {
  for (const [id, each] of map.names) if (each === name) return id;
  return undefined;
}

/** The name of a bucket or device; devices without one are `osd.N`, as Ceph prints them. */
export function nameOf(map: CrushMap, id: number): string {
  return map.names.get(id) ?? (id >= 0 ? `osd.${id}` : '');
}

/** The type name of an item: `osd`, `host` … */
export function typeNameOf(map: CrushMap, id: number): string {
  return map.types.get(typeOf(map, id)) ?? '';
}

export function typeOf(map: CrushMap, id: number): number {
  return id >= 0 ? 0 : (map.buckets.get(id)?.type ?? 0);
}

/** The id of a type by its name. */
export function typeByName(map: CrushMap, name: string): number | undefined {
  for (const [type, each] of map.types) if (each === name) return type;
  return undefined;
}

/** The device class of a device: `hdd`; undefined where it has none. */
export function classOf(map: CrushMap, device: number): string | undefined {
  const classId = map.deviceClasses.get(device);
  return classId === undefined ? undefined : map.classNames.get(classId);
}

export function isShadow(map: CrushMap, id: number): boolean {
  return isShadowName(map.names.get(id) ?? '');
}

/** The bucket that holds an item, shadow buckets aside; undefined for roots and for what stands nowhere. */
export function parentOf(map: CrushMap, item: number): CrushBucket | undefined {
  for (const bucket of map.buckets.values()) {
    if (!isShadow(map, bucket.id) && bucket.items.includes(item)) return bucket;
  }
  return undefined;
}

/** The buckets above an item, the nearest first. */
export function ancestorsOf(map: CrushMap, item: number): CrushBucket[] {
  const out: CrushBucket[] = [];
  for (let at = parentOf(map, item); at !== undefined; at = parentOf(map, at.id)) out.push(at);
  return out;
}

/** Roots in Ceph's order, lowest id first; shadow roots only where asked for. */
export function rootsOf(map: CrushMap, withShadows = false): number[] {
  const held = new Set([...map.buckets.values()].flatMap((bucket) => bucket.items));
  const wanted = (id: number) => !held.has(id) && (withShadows || !isShadow(map, id));
  return [...map.buckets.keys()].filter(wanted).sort((a, b) => a - b);
}

/** The devices in the tree below an item, in bucket order; a device stands for itself. */
export function devicesUnder(map: CrushMap, item: number): number[] {
  if (item >= 0) return [item];
  return (map.buckets.get(item)?.items ?? []).flatMap((child) => devicesUnder(map, child));
}

/** An item's weight where it stands in the tree, 16.16 fixed point: of a bucket the sum below it. */
export function weightOf(map: CrushMap, item: number): number {
  if (item < 0) return map.buckets.get(item)?.weight ?? 0;
  const parent = parentOf(map, item);
  return parent?.itemWeights[parent.items.indexOf(item)] ?? 0;
}

/** One line of `ceph osd tree`. */
export interface TreeNode {
  readonly id: number;
  readonly parent: number | undefined;
  /** 0 for roots. */
  readonly depth: number;
  /** CRUSH weight as a plain number: 0.01999. */
  readonly weight: number;
  /** Children in the order in which the json of `ceph osd tree` lists them, the reverse of that of the lines. */
  readonly children: readonly number[];
}

/**
 * The tree in the order in which `ceph osd tree` prints it: buckets by name, devices by class and id.
 *
 * @ceph src/crush/CrushTreeDumper.h Dumper::next — exact
 */
export function walkTree(map: CrushMap, withShadows = false): TreeNode[] {
  return rootsOf(map, withShadows).flatMap((root) => walkFrom(map, root));
}

/** The part of {@link walkTree} below one bucket, itself first. */
export function walkFrom(map: CrushMap, root: number): TreeNode[] {
  const out: TreeNode[] = [];
  const visit = (id: number, parent: number | undefined, depth: number, weight: number) => {
    const bucket = map.buckets.get(id);
    const sorted = bucket === undefined ? [] : sortedItems(map, bucket);
    out.push({ id, parent, depth, weight: weight / ONE, children: sorted.map(([item]) => item).reverse() });
    for (const [item, itemWeight] of sorted) visit(item, id, depth + 1, itemWeight);
  };
  visit(root, undefined, 0, weightOf(map, root));
  return out;
}

/** Items with their weights, in printing order. */
function sortedItems(map: CrushMap, bucket: CrushBucket): [item: number, weight: number][] {
  // An item that stands twice in a bucket, as removing from a tree bucket leaves osd.0, is shown once.
  const seen = new Set<number>();
  const keyed = bucket.items.flatMap((item, at) => {
    if (seen.has(item)) return [];
    seen.add(item);
    return [{ item, weight: bucket.itemWeights[at] ?? 0, key: sortKey(map, item) }];
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ item, weight }) => [item, weight]);
}

function sortKey(map: CrushMap, item: number): string {
  if (item < 0) return `_${nameOf(map, item)}`;
  return `${classOf(map, item) ?? ''}_osd.${String(item).padStart(8, '0')}`;
}
