import { cellsOf } from './columns.ts';

const INDENT = '  ';
const JOINT = ' · ';

/** The cost line, broken between its parts where the terminal is narrow; the last row has room for `label`. */
export function costRows(parts: readonly string[], label: string, columns: number): string[] {
  const rows: string[] = [];
  let row = INDENT;
  for (const part of parts) {
    const joined = row === INDENT ? INDENT + part : row + JOINT + part;
    if (cellsOf(joined) > columns && row !== INDENT) {
      rows.push(row);
      row = INDENT + part;
    } else row = joined;
  }
  if (cellsOf(row + INDENT + label) > columns) {
    rows.push(row);
    return [...rows, INDENT];
  }
  return [...rows, row + INDENT];
}
