import { type CrushMap, DEFAULT_CHOOSE_ARGS } from '../../../engine/crush/crush-map.ts';
import { fixedPointText } from '../../../engine/crush/text.ts';
import { classOf, type TreeNode, walkTree } from '../../../engine/crush/tree.ts';
import { column, textTable } from '../format/text-table.ts';

/**
 * The tree with its shadow trees, a column for each weight set.
 *
 * @ceph src/crush/CrushWrapper.cc CrushTreePlainDumper — exact
 */
export function treeText(map: CrushMap): string {
  const keys = [...map.chooseArgs.keys()].sort((a, b) => a - b);
  const columns = [
    column('ID', 'left', 'right'),
    column('CLASS', 'left', 'right'),
    column('WEIGHT', 'left', 'right'),
    ...keys.map((key) => column(key === DEFAULT_CHOOSE_ARGS ? '(compat)' : String(key), 'left', 'right')),
    column('TYPE NAME', 'left', 'left'),
  ];
  const rows = walkTree(map, true).map((node) => [
    node.id,
    classText(map, node.id),
    weightText(node.weight * 0x10000),
    ...keys.map((key) => weightSetText(map, key, node)),
    '    '.repeat(node.depth) + nodeText(map, node.id),
  ]);
  return textTable(columns, rows);
}

function classText(map: CrushMap, id: number): string {
  return classOf(map, id) ?? '';
}

function weightText(weight: number): string {
  return weight === 0 ? '0' : fixedPointText(weight);
}

/** What the first weight set of the parent says of a node. */
function weightSetText(map: CrushMap, key: number, { id, parent }: TreeNode): string {
  const arg = map.chooseArgs.get(key)?.find(({ bucketId }) => bucketId === parent);
  const [first] = arg?.weightSets ?? [];
  const at = parent === undefined ? -1 : (map.buckets.get(parent)?.items.indexOf(id) ?? -1);
  return first === undefined ? '' : weightText(first[at] ?? 0);
}

function nodeText(map: CrushMap, id: number): string {
  if (id >= 0) return `osd.${id}`;
  return `${map.types.get(map.buckets.get(id)?.type ?? 0) ?? ''} ${map.names.get(id) ?? ''}`;
}
