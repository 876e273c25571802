/** `exit N`: ends the shell or the subshell that it is called in. */
export class ExitSignal extends Error {
  override readonly name = 'ExitSignal';
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** `break N` and `continue N`. */
export class LoopSignal extends Error {
  override readonly name = 'LoopSignal';
  readonly kind: 'break' | 'continue';
  readonly levels: number;

  constructor(kind: 'break' | 'continue', levels: number) {
    super(`${kind} ${levels}`);
    this.kind = kind;
    this.levels = levels;
  }
}
