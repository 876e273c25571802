/** A text map as the grammar sees it: one line, without comments, one blank between words. Characters are bytes. */
export interface Source {
  readonly text: string;
  /** The lines as they were written, the first first. */
  readonly lines: readonly string[];
  /** Where each line begins in `text`, and its number from 1; of lines at one place the last. */
  readonly starts: readonly (readonly [at: number, line: number])[];
}

/**
 * Reads the lines of a text map.
 *
 * @ceph src/crush/CrushCompiler.cc CrushCompiler::compile — exact
 */
export function readSource(content: string): Source {
  const lines = content.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const starts = new Map<number, number>();
  const parts: string[] = [];
  let length = 0;
  for (const [index, line] of lines.entries()) {
    const stripped = stripLine(line);
    const blank = stripped !== '' && length > 0 ? ' ' : '';
    length += blank.length;
    starts.set(length, index + 1);
    parts.push(blank, stripped);
    length += stripped.length;
  }
  // What follows a zero byte is not read.
  const [text = ''] = parts.join('').split('\0', 1);
  return { text, lines, starts: [...starts] };
}

/** A line without its comment and with its white space drawn together. */
function stripLine(line: string): string {
  const comment = line.indexOf('#');
  const code = comment < 0 ? line : line.slice(0, comment);
  return code.replace(/[ \t\v\f\r]+/g, ' ').replace(/^ | $/g, '');
}

/** Where reading stopped, as the tool says it: `FILE:LINE error: …`. */
export function parseErrorText(
  source: Source,
  fileName: string,
  stop: number,
  textOf: (bytes: string) => string,
): string {
  let [at, line] = source.starts[0] ?? [0, 1];
  for (const start of source.starts) if (start[0] <= stop) [at, line] = start;
  const rest = (source.lines[line - 1] ?? '').slice(stop - at);
  return `${fileName}:${line} error: parse error at '${textOf(rest)}'\n`;
}
