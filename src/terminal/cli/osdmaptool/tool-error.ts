/** Ends the tool with a message on standard error and an exit code. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly exitCode: number;
  /** True where the usage follows. */
  readonly withUsage: boolean;

  constructor(message: string, exitCode = 1, withUsage = false) {
    super(message);
    this.exitCode = exitCode;
    this.withUsage = withUsage;
  }
}

/** The exit code of a main function that returns -1. */
export const EXIT_MINUS_ONE = 255;
