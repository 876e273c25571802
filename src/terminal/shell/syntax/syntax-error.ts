/** A line that the shell cannot read, in bash's words without the `bash: ` before them. Exit code 2. */
export class ShellSyntaxError extends Error {
  override readonly name = 'ShellSyntaxError';
  /** Line of the script, from 1. */
  readonly line: number;
  /** True where more lines could complete the command. */
  readonly incomplete: boolean;

  constructor(message: string, line: number, incomplete = false) {
    super(message);
    this.line = line;
    this.incomplete = incomplete;
  }
}

/** Shell syntax that bash has and this shell does not have yet. Exit code 95. */
export class NotYetError extends Error {
  override readonly name = 'NotYetError';
}

export function unexpectedToken(token: string, line: number): ShellSyntaxError {
  return new ShellSyntaxError(`syntax error near unexpected token \`${token}'`, line);
}

export function unclosed(what: string, line: number): ShellSyntaxError {
  return new ShellSyntaxError(`unexpected EOF while looking for matching \`${what}'`, line, true);
}

export function unexpectedEnd(line: number): ShellSyntaxError {
  return new ShellSyntaxError('syntax error: unexpected end of file', line, true);
}
