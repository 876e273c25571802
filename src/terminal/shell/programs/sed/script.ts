/** Which lines a command is for. */
export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  /** Every `step` lines from `first` on. */
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  /** So many lines after the range's first. */
  | { readonly kind: 'more'; readonly lines: number }
  /** The pattern that was used last, where it is null. */
  | { readonly kind: 'match'; readonly pattern: RegExp | null };

/** A piece of what replaces: text, or what a group matched, 0 being all. */
export type Piece = string | number;

export interface Substitution {
  readonly kind: 's';
  readonly pattern: RegExp | null;
  readonly pieces: readonly Piece[];
  /** Which match is replaced, from 1; with `all`, those behind it too. */
  readonly nth: number;
  readonly all: boolean;
  readonly print: boolean;
}

export type Action =
  | Substitution
  | { readonly kind: 'p' | 'd' | 'q' | '=' }
  | { readonly kind: 'a' | 'i' | 'c'; readonly text: string }
  | { readonly kind: 'y'; readonly map: ReadonlyMap<string, string> };

export interface Command {
  readonly from: Address | null;
  readonly to: Address | null;
  readonly negated: boolean;
  readonly action: Action;
}

/** What is wrong with a script, in the tool's words, and the exit code. */
export class SedError extends Error {
  override readonly name = 'SedError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
