import type { MapTree } from '../../../protocol/maps.ts';
import { indexTree, type TreeIndex } from '../../scene/maps/tree-index.ts';

const indexes = new WeakMap<MapTree, TreeIndex>();

/** The index of a tree, made once. */
export function treeOf(tree: MapTree): TreeIndex {
  const found = indexes.get(tree) ?? indexTree(tree);
  indexes.set(tree, found);
  return found;
}
