/**
 * What a command answers in a structured format, before JSON or XML is chosen. Every part has a name, as Ceph's
 * formatters want it: JSON leaves out the names of an array's items and of the outermost part, XML prints all.
 */
export type FormatNode =
  | { readonly kind: 'object'; readonly name: string; readonly children: readonly FormatNode[] }
  | { readonly kind: 'array'; readonly name: string; readonly children: readonly FormatNode[] }
  | { readonly kind: 'value'; readonly name: string; readonly value: FormatValue };

export type FormatValue = string | number | boolean | bigint;

/** A plain value that {@link nodeOf} turns into a tree. Members that are `undefined` are left out. */
export type Plain = FormatValue | readonly Plain[] | PlainObject;
export interface PlainObject {
  readonly [key: string]: Plain | undefined;
}

export function objectNode(name: string, children: readonly FormatNode[]): FormatNode {
  return { kind: 'object', name, children };
}

export function arrayNode(name: string, children: readonly FormatNode[]): FormatNode {
  return { kind: 'array', name, children };
}

export function valueNode(name: string, value: FormatValue): FormatNode {
  return { kind: 'value', name, value };
}

/** The tree with the items of some arrays called otherwise, by the arrays' names. */
export function itemsNamed(node: FormatNode, names: Readonly<Record<string, string>>): FormatNode {
  if (node.kind === 'value') return node;
  const name = node.kind === 'array' ? names[node.name] : undefined;
  const children = node.children.map((child) => {
    const inner = itemsNamed(child, names);
    return name === undefined ? inner : { ...inner, name };
  });
  return { ...node, children };
}

/** A tree out of a plain value; items of arrays are all called `item`. */
export function nodeOf(name: string, value: Plain, item = 'item'): FormatNode {
  if (Array.isArray(value))
    return arrayNode(
      name,
      value.map((each: Plain) => nodeOf(item, each)),
    );
  if (typeof value !== 'object') return valueNode(name, value);
  const children: FormatNode[] = [];
  for (const [key, member] of Object.entries(value)) if (member !== undefined) children.push(nodeOf(key, member));
  return objectNode(name, children);
}
