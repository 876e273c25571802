import type { FormatNode } from './tree.ts';

/**
 * A tree with other names for the items of its arrays, by the array's name; where that is not in `names`, by the name
 * of the part the array stands in with `/*` after it. JSON shows no names of items; XML and HTML do.
 */
export function withItemNames(node: FormatNode, names: Readonly<Record<string, string>>, within = ''): FormatNode {
  if (node.kind === 'value') return node;
  const children = node.children.map((child) => withItemNames(child, names, node.name));
  const item = node.kind === 'array' ? (names[node.name] ?? names[`${within}/*`]) : undefined;
  if (item === undefined) return { ...node, children };
  return { ...node, children: children.map((child) => (child.name === 'item' ? { ...child, name: item } : child)) };
}
