import { ONE } from '../../../engine/crush/fixed.ts';
import { classOf, nameOf, type TreeNode, typeNameOf, typeOf, walkTree } from '../../../engine/crush/tree.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { strayOsds } from '../../../engine/osdmap/strays.ts';
import { withItemNames } from '../format/item-names.ts';
import { column, textTable } from '../format/text-table.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, type PlainObject } from '../format/tree.ts';

/** The columns of a tree of OSDs. */
export const TREE_COLUMNS = [
  column('ID', 'left', 'right'),
  column('CLASS', 'left', 'right'),
  column('WEIGHT', 'left', 'right'),
  column('TYPE NAME'),
  column('STATUS', 'left', 'right'),
  column('REWEIGHT', 'left', 'right'),
  column('PRI-AFF', 'left', 'right'),
];

/** The tree of hosts and OSDs as a table. @ceph src/osd/OSDMap.cc OSDTreePlainDumper — exact */
export function treeText(map: OsdMap): string {
  return textTable(
    TREE_COLUMNS,
    allNodes(map).map((node) => row(map, node)),
  );
}

function allNodes(map: OsdMap): TreeNode[] {
  const strays = strayOsds(map).map((id) => ({ id, parent: undefined, depth: 0, weight: 0, children: [] }));
  return [...walkTree(map.crush), ...strays];
}

function row(map: OsdMap, { id, depth, weight }: TreeNode): string[] {
  const name = id < 0 ? `${typeNameOf(map.crush, id)} ${nameOf(map.crush, id)}` : `osd.${id}`;
  const start = [String(id), classOf(map.crush, id) ?? '', weightText(weight), '    '.repeat(depth) + name];
  if (id < 0) return [...start, '', '', ''];
  const osd = map.osds[id];
  if (osd === undefined) return [...start, 'DNE', '0', ''];
  return [...start, statusOf(map, id), weightText(osd.weight / ONE), weightText(osd.primaryAffinity / ONE)];
}

/** @ceph src/crush/CrushTreeDumper.h operator<< weightf_t — exact */
function weightText(weight: number): string {
  if (weight < -0.01) return '-';
  return weight < 0.000001 ? '0' : Math.fround(weight).toFixed(5);
}

function statusOf(map: OsdMap, id: number): string {
  const osd = map.osds[id];
  if (osd?.up === true) return 'up';
  return osd?.destroyed === true ? 'destroyed' : 'down';
}

/** The same for JSON or XML. @ceph src/osd/OSDMap.cc OSDTreeFormattingDumper — exact */
export function treeNode(map: OsdMap): FormatNode {
  const nodes = allNodes(map).map((node) => ({ node, stray: node.id >= 0 && node.parent === undefined }));
  const of = (stray: boolean) =>
    nodes.filter((each) => each.stray === stray).map(({ node }) => nodeOf('item', nodeObject(map, node)));
  const tree = objectNode('tree', [arrayNode('nodes', of(false)), arrayNode('stray', of(true))]);
  return withItemNames(tree, { children: 'child', 'pool_weights/*': 'weight' });
}

function nodeObject(map: OsdMap, node: TreeNode): PlainObject {
  const { id } = node;
  const common = {
    id,
    device_class: classOf(map.crush, id),
    name: nameOf(map.crush, id),
    type: typeNameOf(map.crush, id),
    type_id: typeOf(map.crush, id),
  };
  const poolWeights = node.parent === undefined ? {} : { pool_weights: poolWeightsOf(map, node) };
  if (id < 0) return { ...common, ...poolWeights, children: node.children };
  const osd = map.osds[id];
  const { weight = 0, primaryAffinity = ONE } = osd ?? map.extra?.vacant.get(id) ?? {};
  return {
    ...common,
    crush_weight: Math.fround(node.weight),
    depth: node.depth,
    ...poolWeights,
    exists: osd === undefined ? 0 : 1,
    status: statusOf(map, id),
    reweight: weight / ONE,
    primary_affinity: primaryAffinity / ONE,
  };
}

/** Weights that weight sets give an item in its bucket, by pool. */
function poolWeightsOf(map: OsdMap, { id, parent = 0 }: TreeNode): PlainObject {
  const at = map.crush.buckets.get(parent)?.items.indexOf(id) ?? -1;
  const entries = [...map.crush.chooseArgs]
    .sort(([a], [b]) => a - b)
    .flatMap(([pool, args]) => {
      const sets = args.find(({ bucketId }) => bucketId === parent)?.weightSets ?? [];
      const name = pool === -1 ? '(compat)' : (map.pools.get(pool)?.name ?? String(pool));
      return sets.length === 0 ? [] : [[name, sets.map((set) => (set[at] ?? 0) / ONE)] as const];
    });
  return Object.fromEntries(entries);
}
