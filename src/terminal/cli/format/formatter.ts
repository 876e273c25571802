import { htmlText } from './html-text.ts';
import { jsonText } from './json-text.ts';
import type { FormatNode } from './tree.ts';
import { valueTable } from './value-table.ts';
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

/** The formats that crushtool and osdmaptool have besides. */
type OtherFormat = 'html' | 'html-pretty' | 'table' | 'table-kv';

function isOtherFormat(name: string): name is OtherFormat {
  return name === 'html' || name === 'html-pretty' || name === 'table' || name === 'table-kv';
}

/**
 * As a map tool flushes a tree: in any format it knows, else in `fallback`; with the newline that ends a pretty one.
 *
 * @param late what {@link valueTable} wants to know
 */
export function flushed(node: FormatNode, format: string, fallback: Format, late?: ReadonlySet<string>): string {
  if (!isOtherFormat(format)) {
    const known = isFormat(format) ? format : fallback;
    return formatted(node, known) + (known.endsWith('-pretty') ? '\n' : '');
  }
  if (format === 'table' || format === 'table-kv') return valueTable(node, format === 'table' ? 'table' : 'keys', late);
  return htmlText(node, format === 'html-pretty') + (format === 'html-pretty' ? '\n' : '');
}
