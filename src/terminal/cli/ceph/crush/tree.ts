import { type CrushMap, DEFAULT_CHOOSE_ARGS } from '../../../../engine/crush/crush-map.ts';
import { ONE } from '../../../../engine/crush/fixed.ts';
import { classOf, nameOf, type TreeNode, typeNameOf, typeOf, walkTree } from '../../../../engine/crush/tree.ts';
import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, type FormatNode, itemsNamed, nodeOf, objectNode } from '../../format/tree.ts';
import { type CephCall, cephCommand, isOn, shown } from '../ceph-command.ts';
import { poolWeights, weightText } from '../crush-tree.ts';

export const crushTreeCommand = cephCommand({
  words: 'osd crush tree',
  summary: 'the CRUSH tree with its weights and weight sets',
  signature: [
    { name: 'show_shadow', type: { kind: 'bool' }, optional: true, summary: 'the trees of device classes, too' },
  ],
  answer: (call) => {
    const nodes = walkTree(call.map.crush, isOn(call.args, 'show_shadow'));
    return shown(
      call,
      () => treeText(call.map, nodes),
      () => treeNode(call, nodes),
    );
  },
});

/** @ceph src/crush/CrushWrapper.cc CrushTreePlainDumper — exact */
function treeText(map: OsdMap, nodes: readonly TreeNode[]): string {
  const { crush } = map;
  const keys = [...crush.chooseArgs.keys()].sort((a, b) => a - b);
  const columns = [
    column('ID', 'left', 'right'),
    column('CLASS', 'left', 'right'),
    column('WEIGHT', 'left', 'right'),
    ...keys.map((key) => column(weightSetName(map, key), 'left', 'right')),
    column('TYPE NAME', 'left', 'left'),
  ];
  const rows = nodes.map((node) => [
    String(node.id),
    classOf(crush, node.id) ?? '',
    weightText(node.weight),
    ...keys.map((key) => firstWeight(crush, key, node)),
    '    '.repeat(node.depth) + (node.id < 0 ? `${typeNameOf(crush, node.id)} ` : '') + nameOf(crush, node.id),
  ]);
  return textTable(columns, rows);
}

function weightSetName(map: OsdMap, key: number): string {
  return key === DEFAULT_CHOOSE_ARGS ? '(compat)' : (map.pools.get(key)?.name ?? String(key));
}

/** What the first weight set of the parent says of a node. */
function firstWeight(crush: CrushMap, key: number, { id, parent }: TreeNode): string {
  const arg = crush.chooseArgs.get(key)?.find(({ bucketId }) => bucketId === parent);
  const [first] = arg?.weightSets ?? [];
  const at = parent === undefined ? -1 : (crush.buckets.get(parent)?.items.indexOf(id) ?? -1);
  return first === undefined ? '' : weightText((first[at] ?? 0) / ONE);
}

/** @ceph src/crush/CrushWrapper.cc CrushTreeFormattingDumper — exact */
function treeNode({ map }: CephCall, nodes: readonly TreeNode[]): FormatNode {
  const { crush } = map;
  const items = nodes.map((node) =>
    nodeOf('item', {
      id: node.id,
      device_class: classOf(crush, node.id),
      name: nameOf(crush, node.id),
      type: typeNameOf(crush, node.id),
      type_id: typeOf(crush, node.id),
      ...(node.id < 0 ? {} : { crush_weight: node.weight, depth: node.depth }),
      ...(node.parent === undefined ? {} : { pool_weights: poolWeights(map, node.parent, node.id) }),
      ...(node.id < 0 ? { children: node.children } : {}),
    }),
  );
  return itemsNamed(objectNode('crush_tree', [arrayNode('nodes', items), arrayNode('stray', [])]), {
    children: 'child',
  });
}
