/** East Asian characters that terminals draw two columns wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Marks that do not begin a line, and marks that do not end one. */
const CLOSING = '，。；：、？！）》」”’…';
const OPENING = '（《「“‘';

function isWide(char: string): boolean {
  return WIDE.test(char);
}

/** Columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) columns += isWide(char) ? 2 : 1;
  return columns;
}

/** Lines of at most so many columns. A line may end at a blank, which goes, and beside a wide character. */
export function wrapColumns(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (line !== '' && columnsOf(line + piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return line === '' ? lines : [...lines, line.trimEnd()];
}

/** What is not broken: a word with the blank behind it, a wide character with the marks around it. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const char of text) {
    const last = pieces.at(-1);
    if (last === undefined || !belongs(char, last)) pieces.push(char);
    else pieces[pieces.length - 1] = last + char;
  }
  return pieces;
}

function belongs(char: string, piece: string): boolean {
  const before = piece.charAt(piece.length - 1);
  if (char === ' ' || CLOSING.includes(char) || OPENING.includes(before)) return true;
  return !isWide(char) && !isWide(before) && before !== ' ';
}
