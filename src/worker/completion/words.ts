/** The simple command that the cursor stands in, as far as it is typed. */
export interface TypedWords {
  /** Whole words before the one that is being typed, quotes taken off. */
  readonly before: readonly string[];
  /** The word that ends at the cursor; may be empty. */
  readonly word: string;
  /** Where that word begins in the line. */
  readonly from: number;
}

const ENDS_COMMAND = ';|&(){}\n';

/** Splits what stands before the cursor, as far as completion needs: quotes, blanks, and where a command begins. */
export function typedWords(line: string, cursor: number): TypedWords {
  const text = line.slice(0, cursor);
  let before: string[] = [];
  let word = '';
  let from = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '\\') word += text.charAt(++at);
    else if (ENDS_COMMAND.includes(char) || ' \t<>'.includes(char)) {
      if (ENDS_COMMAND.includes(char)) before = [];
      else if (word !== '') before = [...before, word];
      word = '';
      from = at + 1;
    } else word += char;
  }
  return { before, word, from };
}
