import { doubleText } from './fixed-text.ts';
import type { FormatNode } from './tree.ts';

/** A value under the name that the table gives it. */
interface Cell {
  readonly name: string;
  readonly text: string;
}

/**
 * A tree as the table that Ceph's tools know: one row, a column for each value. A column is named by the value's name
 * and those of the parts it stands in, innermost first, and numbered among those of the same name.
 * @ceph src/common/Formatter.cc TableFormatter — exact for values that stand in a part
 */
export function valueTable(node: FormatNode, style: 'table' | 'keys'): string {
  const cells: Cell[] = [];
  gather(node, '', new Map(), cells);
  if (cells.length === 0) return '';
  if (style === 'keys') return `${cells.map(({ name, text }) => `key::${name}="${text}" `).join('')}\n`;
  const widths = cells.map(({ name, text }) => Math.max(name.length, text.length) + 2);
  const rule = `+${widths.map((width) => `${'-'.repeat(width + 1)}+`).join('')}\n`;
  const row = (texts: readonly string[]) =>
    `|${texts.map((text, at) => ` ${text.padEnd(widths[at] ?? 0)}|`).join('')}\n`;
  return rule + row(cells.map(({ name }) => name)) + rule + row(cells.map(({ text }) => text)) + rule;
}

/** @param within names of the parts around, innermost first, each with a colon after it */
function gather(node: FormatNode, within: string, counts: Map<string, number>, cells: Cell[]): void {
  if (node.kind !== 'value') {
    for (const child of node.children) gather(child, `${node.name}:${within}`, counts, cells);
    return;
  }
  const path = within + node.name;
  const count = counts.get(path) ?? 0;
  counts.set(path, count + 1);
  const text = typeof node.value === 'number' ? doubleText(node.value) : String(node.value);
  cells.push({ name: `${path}[${count}]`, text });
}
