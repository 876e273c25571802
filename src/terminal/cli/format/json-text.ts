import { doubleText } from './fixed-text.ts';
import type { FormatNode, FormatValue } from './tree.ts';

/**
 * A tree as JSON. Pretty: four blanks a level; no newline at the end either way.
 * @ceph src/common/Formatter.cc JSONFormatter — exact
 */
export function jsonText(node: FormatNode, pretty: boolean, level = 0): string {
  if (node.kind === 'value') return scalarText(node.value);
  const [open, close] = node.kind === 'object' ? ['{', '}'] : ['[', ']'];
  if (node.children.length === 0) return open + close;
  const inner = node.children.map((child) => {
    const value = jsonText(child, pretty, level + 1);
    return node.kind === 'object' ? `${quoted(child.name)}:${pretty ? ' ' : ''}${value}` : value;
  });
  if (!pretty) return open + inner.join(',') + close;
  const blanks = '    '.repeat(level);
  return `${open}\n${inner.map((text) => `${blanks}    ${text}`).join(',\n')}\n${blanks}${close}`;
}

function scalarText(value: FormatValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'number') return String(value);
  return Number.isFinite(value) ? doubleText(value) : 'null';
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\t': '\\t', '\n': '\\n' };

function quoted(text: string): string {
  let out = '"';
  for (const char of text) {
    const code = char.charCodeAt(0);
    out += ESCAPES[char] ?? (code < 0x20 || code === 0x7f ? `\\u${code.toString(16).padStart(4, '0')}` : char);
  }
  return `${out}"`;
}
