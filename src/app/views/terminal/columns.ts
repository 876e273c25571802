/** Characters that a terminal draws two cells wide: East Asian scripts, fullwidth forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NARROW_NOTHING = /\p{Mn}|\u200b|\u200d|\ufe0f/u;

/** Cells that a text takes in the terminal. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += NARROW_NOTHING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return cells;
}

/** Row and column of the cell after `text`, in a terminal `columns` wide, where wide characters never straddle rows. */
export function positionAfter(text: string, columns: number): { readonly row: number; readonly column: number } {
  let row = 0;
  let column = 0;
  for (const character of text) {
    const cells = cellsOf(character);
    if (column + cells > columns) {
      row += 1;
      column = 0;
    }
    column += cells;
  }
  return column === columns ? { row: row + 1, column: 0 } : { row, column };
}
