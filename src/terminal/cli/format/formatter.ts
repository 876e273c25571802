import { jsonText } from './json-text.ts';
import type { FormatNode } from './tree.ts';
import { xmlText } from './xml-text.ts';

/** The structured formats that Ceph's tools have. */
export type Format = 'json' | 'json-pretty' | 'xml' | 'xml-pretty';

export function isFormat(name: string): name is Format {
  return name === 'json' || name === 'json-pretty' || name === 'xml' || name === 'xml-pretty';
}

/** A tree in a format. JSON ends without a newline, pretty XML with one; the tools add what they add. */
export function formatted(node: FormatNode, format: Format): string {
  const pretty = format.endsWith('-pretty');
  return format.startsWith('json') ? jsonText(node, pretty) : xmlText(node, pretty);
}
