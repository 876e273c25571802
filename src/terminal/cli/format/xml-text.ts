import { doubleText } from './fixed-text.ts';
import type { FormatNode, FormatValue } from './tree.ts';

/**
 * A tree as XML. Pretty: one blank a level and a newline after each element; no header.
 * @ceph src/common/Formatter.cc XMLFormatter — exact but for attributes
 */
export function xmlText(node: FormatNode, pretty: boolean, level = 0): string {
  const blanks = pretty ? ' '.repeat(level) : '';
  const newline = pretty ? '\n' : '';
  const name = node.name.replaceAll(' ', '_');
  if (node.kind === 'value') return `${blanks}<${name}>${escaped(scalarText(node.value))}</${name}>${newline}`;
  const inner = node.children.map((child) => xmlText(child, pretty, level + 1)).join('');
  return `${blanks}<${name}>${newline}${inner}${blanks}</${name}>${newline}`;
}

function scalarText(value: FormatValue): string {
  return typeof value === 'number' ? doubleText(value) : String(value);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};

/** Text with what XML has another meaning for written otherwise. */
export function escaped(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.charCodeAt(0);
    const control = (code < 0x20 && char !== '\t' && char !== '\n') || code === 0x7f;
    out += ESCAPES[char] ?? (control ? `&#x${code.toString(16).padStart(2, '0')};` : char);
  }
  return out;
}
