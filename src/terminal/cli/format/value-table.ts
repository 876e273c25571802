import { doubleText } from './fixed-text.ts';
import type { FormatNode } from './tree.ts';

/** A value under the name that the table gives it. */
interface Cell {
  readonly name: string;
  readonly text: string;
}

/** What is gathered: a value that is given piece by piece waits for the next one, and is named as if it stood there. */
interface Gathering {
  readonly late: ReadonlySet<string>;
  readonly counts: Map<string, number>;
  readonly cells: Cell[];
  waiting: Cell | undefined;
}

/**
 * A tree as the table that Ceph's tools know: one row, a column for each value. A column is named by the value's name
 * and those of the parts it stands in, innermost first, and numbered among those of the same name.
 *
 * @param late names of values that Ceph gives its formatter as a stream: these are named only when the next one comes
 * @ceph src/common/Formatter.cc TableFormatter — exact for values that stand in a part
 */
export function valueTable(node: FormatNode, style: 'table' | 'keys', late: ReadonlySet<string> = new Set()): string {
  const gathering: Gathering = { late, counts: new Map(), cells: [], waiting: undefined };
  gather(node, '', gathering);
  settle(gathering, '');
  const { cells } = gathering;
  if (cells.length === 0) return '';
  if (style === 'keys') return `${cells.map(({ name, text }) => `key::${name}="${text}" `).join('')}\n`;
  const widths = cells.map(({ name, text }) => Math.max(name.length, text.length) + 2);
  const rule = `+${widths.map((width) => `${'-'.repeat(width + 1)}+`).join('')}\n`;
  const row = (texts: readonly string[]) =>
    `|${texts.map((text, at) => ` ${text.padEnd(widths[at] ?? 0)}|`).join('')}\n`;
  return rule + row(cells.map(({ name }) => name)) + rule + row(cells.map(({ text }) => text)) + rule;
}

/** @param within names of the parts around, innermost first, each with a colon after it */
function gather(node: FormatNode, within: string, gathering: Gathering): void {
  if (node.kind !== 'value') {
    for (const child of node.children) gather(child, `${node.name}:${within}`, gathering);
    return;
  }
  settle(gathering, within);
  const text = typeof node.value === 'number' ? doubleText(node.value) : String(node.value);
  if (gathering.late.has(node.name)) gathering.waiting = { name: node.name, text };
  else addCell(gathering, within, { name: node.name, text });
}

function settle(gathering: Gathering, within: string): void {
  const { waiting } = gathering;
  gathering.waiting = undefined;
  if (waiting !== undefined) addCell(gathering, within, waiting);
}

function addCell({ counts, cells }: Gathering, within: string, { name, text }: Cell): void {
  const path = within + name;
  const count = counts.get(path) ?? 0;
  counts.set(path, count + 1);
  cells.push({ name: within === '' ? path : `${path}[${count}]`, text });
}
