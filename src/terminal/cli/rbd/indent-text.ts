const LINE_WIDTH = 80;

/**
 * Text that is broken into lines of at most 80 columns, each `indent` blanks in; the first begins where `offset` columns
 * are written already. Lines end before `delimiter`, or at a blank.
 * @ceph src/tools/rbd/IndentStream.cc — exact
 */
export function indentText(text: string, indent: number, offset: number, delimiter = ' '): string {
  let out = '';
  let line = '';
  let written = offset;
  const startLine = (): void => {
    if (written >= indent) {
      out += '\n';
      written = 0;
    }
    out += ' '.repeat(indent - written);
    written = 0;
  };
  for (const char of text) {
    if (char === '\n') {
      startLine();
      out += `${line}\n`;
      line = '';
      continue;
    }
    if (indent + line.length >= LINE_WIDTH) {
      const at = breakOf(line, delimiter);
      startLine();
      out += `${line.slice(0, at)}\n`;
      line = line.slice(delimiter === ' ' ? at + 1 : at);
    }
    line += char;
  }
  return out;
}

/** Where a line that is full ends. */
function breakOf(line: string, delimiter: string): number {
  const at = line.lastIndexOf(delimiter);
  if (at >= 0) return at;
  const blank = line.lastIndexOf(' ');
  return blank >= 0 && delimiter !== ' ' ? blank : line.length;
}
