import type { ConfigEntry } from '../../../engine/librbd/config.ts';
import { featuresOfText } from '../../../engine/librbd/features.ts';
import { CONFIG_OPTIONS } from '../../../engine/mon/config/options.ts';
import { column, textTable } from '../format/text-table.ts';
import { arrayNode, nodeOf } from '../format/tree.ts';
import { type formatOf, formattedText } from './format.ts';

/** A row: an option, its value, and its source or section. */
type Row = readonly [name: string, value: string, from: string];

/** Options as the tool lists them; the last column is `Source` or `Section`. */
export function configTable(
  rows: readonly Row[],
  last: 'Source' | 'Section',
  format: ReturnType<typeof formatOf>,
): string {
  if (format === null)
    return textTable(
      ['Name', 'Value', last].map((name) => column(name)),
      rows,
    );
  const nodes = rows.map(([name, value, from]) => nodeOf('option', { name, value, [last.toLowerCase()]: from }));
  return formattedText(arrayNode('config', nodes), format);
}

export function entryRows(entries: readonly ConfigEntry[]): Row[] {
  return entries.map(({ name, value, source }) => [name, source === 'config' ? ownText(name, value) : value, source]);
}

/** A value as the client prints it that has it: fractions with six digits, features as a number. */
function ownText(name: string, value: string): string {
  if (name === 'rbd_default_features') return String(featuresOfText(value) ?? value);
  return CONFIG_OPTIONS.get(name)?.type === 'float' ? Number(value).toFixed(6) : value;
}
