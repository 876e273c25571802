import { generalText } from './fixed-text.ts';
import type { FormatNode } from './tree.ts';
import { escaped } from './xml-text.ts';

/** Digits of a number with a fraction. */
const DIGITS = 6;

/**
 * A tree as the HTML that Ceph's tools know: parts as in XML, values as list items.
 * @ceph src/common/HTMLFormatter.cc HTMLFormatter — exact but for attributes
 */
export function htmlText(node: FormatNode, pretty: boolean, level = 0): string {
  const blanks = pretty ? ' '.repeat(level) : '';
  const newline = pretty ? '\n' : '';
  if (node.kind === 'value') {
    const isFraction = typeof node.value === 'number' && !Number.isInteger(node.value);
    const text = isFraction ? generalText(Number(node.value), DIGITS) : escaped(String(node.value));
    return `${blanks}<li>${node.name}: ${text}</li>${newline}`;
  }
  const inner = node.children.map((child) => htmlText(child, pretty, level + 1)).join('');
  return `${blanks}<${node.name}>${newline}${inner}${blanks}</${node.name}>${newline}`;
}
