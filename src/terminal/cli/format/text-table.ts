import { utf8Length } from '../../../engine/base/utf8.ts';

export type Align = 'left' | 'right' | 'center';

export interface Column {
  readonly heading: string;
  readonly headingAlign: Align;
  readonly align: Align;
}

export function column(heading: string, headingAlign: Align = 'left', align: Align = headingAlign): Column {
  return { heading, headingAlign, align };
}

export interface TableStyle {
  /** Between columns; two blanks. */
  readonly separator?: string;
  /** Blanks before each line. */
  readonly indent?: number;
  readonly noHeading?: boolean;
}

/**
 * A table with a heading line, columns as wide as their widest cell, the last one padded too. Widths count bytes.
 * @ceph src/common/TextTable.cc — exact
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
  style: TableStyle = {},
): string {
  const cells = rows.map((row) => row.map(String));
  const widths = columns.map(({ heading }, at) =>
    cells.reduce((width, row) => Math.max(width, utf8Length(row[at] ?? '')), style.noHeading ? 0 : utf8Length(heading)),
  );
  const separator = style.separator ?? '  ';
  const indent = ' '.repeat(style.indent ?? 0);
  const line = (texts: readonly string[], aligns: readonly Align[]): string =>
    `${indent}${texts.map((text, at) => pad(text, widths[at] ?? 0, aligns[at] ?? 'left')).join(separator)}\n`;
  const heading = line(
    columns.map((each) => each.heading),
    columns.map((each) => each.headingAlign),
  );
  const aligns = columns.map(({ align }) => align);
  return (style.noHeading ? '' : heading) + cells.map((row) => line(row, aligns)).join('');
}

function pad(text: string, width: number, align: Align): string {
  const missing = Math.max(0, width - utf8Length(text));
  if (align === 'right') return ' '.repeat(missing) + text;
  if (align === 'left') return text + ' '.repeat(missing);
  const left = missing >> 1;
  return ' '.repeat(left) + text + ' '.repeat(missing - left);
}
