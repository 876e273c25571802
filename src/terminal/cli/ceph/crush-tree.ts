import { DEFAULT_CHOOSE_ARGS } from '../../../engine/crush/crush-map.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';

/** A line of the CRUSH tree: a bucket or an OSD. */
export interface TreeItem {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly typeId: number;
  readonly depth: number;
  /** The parent's id; undefined for a root. */
  readonly parent: number | undefined;
  /** CRUSH weight, 1.0 is a TiB by custom. */
  readonly weight: number;
  readonly deviceClass: string | undefined;
  /** What weight sets say of it, by pool. */
  readonly poolWeights: Readonly<Record<string, readonly number[]>>;
  /** In order of printing. */
  readonly children: readonly number[];
}

const FIXED_ONE = 0x10000;

/**
 * The tree, parents before children: roots by id, buckets by name, OSDs by class and id. `keep` says which OSDs to
 * show; buckets that hold none of them are left out unless `keep` is left out. `root` is where to begin.
 *
 * @ceph src/crush/CrushTreeDumper.h Dumper — exact
 */
export function crushTree(map: OsdMap, keep?: (osd: number) => boolean, root?: number): TreeItem[] {
  const out: TreeItem[] = [];
  const visit = (id: number, depth: number, parent: number | undefined, weight: number): void => {
    if (keep !== undefined && !osdsBelow(map, id).some(keep)) return;
    const item = treeItem(map, id, depth, parent, weight);
    out.push(item);
    const bucket = map.crush.buckets.get(id);
    for (const child of item.children)
      visit(child, depth + 1, id, (bucket?.itemWeights[bucket.items.indexOf(child)] ?? 0) / FIXED_ONE);
  };
  for (const id of root === undefined ? rootsOf(map) : [root])
    visit(id, 0, undefined, (map.crush.buckets.get(id)?.weight ?? 0) / FIXED_ONE);
  return out;
}

function treeItem(map: OsdMap, id: number, depth: number, parent: number | undefined, weight: number): TreeItem {
  const bucket = map.crush.buckets.get(id);
  const typeId = bucket?.type ?? 0;
  return {
    id,
    name: map.crush.names.get(id) ?? `osd.${id}`,
    type: map.crush.types.get(typeId) ?? 'osd',
    typeId,
    depth,
    parent,
    weight,
    deviceClass: id < 0 ? undefined : classOf(map, id),
    poolWeights: parent === undefined ? {} : poolWeights(map, parent, id),
    children: bucket === undefined ? [] : [...bucket.items].sort((a, b) => compare(sortKey(map, a), sortKey(map, b))),
  };
}

/** An OSD that stands nowhere in the tree. */
export function strayItem(map: OsdMap, id: number): TreeItem {
  return { ...treeItem(map, id, 0, undefined, 0), name: `osd.${id}` };
}

export function classOf(map: OsdMap, osd: number): string | undefined {
  const id = map.crush.deviceClasses.get(osd);
  return id === undefined ? undefined : map.crush.classNames.get(id);
}

function sortKey(map: OsdMap, id: number): string {
  return id < 0 ? `_${map.crush.names.get(id)}` : `${classOf(map, id) ?? ''}_osd.${String(id).padStart(8, '0')}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Buckets that no bucket holds, shadow ones left out, by id. */
function rootsOf(map: OsdMap): number[] {
  const held = new Set([...map.crush.buckets.values()].flatMap(({ items }) => items));
  const free = [...map.crush.buckets.keys()].filter((id) => !held.has(id) && !map.crush.names.get(id)?.includes('~'));
  return free.sort((a, b) => a - b);
}

/** The OSDs under a bucket, or the OSD itself. */
export function osdsBelow(map: OsdMap, id: number): number[] {
  const bucket = map.crush.buckets.get(id);
  return bucket === undefined ? [id] : bucket.items.flatMap((item) => osdsBelow(map, item));
}

/** What weight sets say of an item in its bucket, by pool. */
export function poolWeights(map: OsdMap, parent: number, item: number): Record<string, readonly number[]> {
  const at = map.crush.buckets.get(parent)?.items.indexOf(item) ?? -1;
  const out: Record<string, readonly number[]> = {};
  for (const [pool, args] of [...map.crush.chooseArgs].sort(([a], [b]) => a - b)) {
    const sets = args.find(({ bucketId }) => bucketId === parent)?.weightSets ?? [];
    const name = pool === DEFAULT_CHOOSE_ARGS ? '(compat)' : (map.pools.get(pool)?.name ?? '(unknown)');
    if (sets.length > 0) out[name] = sets.map((set) => (set[at] ?? 0) / FIXED_ONE);
  }
  return out;
}

/** A weight as trees print it: five decimals, `0` for none. */
export function weightText(weight: number): string {
  return weight < 0.000001 ? '0' : weight.toFixed(5);
}
