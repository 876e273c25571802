/** Ends the tool with a message on standard error and an exit code. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The exit code of a main function that returns a negative errno. */
export function exitCodeOf(errno: number): number {
  return 256 - errno;
}
