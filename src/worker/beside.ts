import { EXIT_INTERRUPTED } from '../engine/base/exit-codes.ts';

/** In a line of the log: what was typed beside it while it was blocked. A comment to any shell. */
const MARK = ' # beside: ';
/** Ctrl-C while it was blocked. */
export const INTERRUPT = '^C';

/** A line as the log keeps it. */
export function withBeside(line: string, beside: readonly string[]): string {
  return [line, ...beside].join(MARK);
}

/** Such a line, taken apart again. */
export function splitBeside(text: string): { readonly line: string; readonly beside: readonly string[] } {
  const [line = '', ...beside] = text.split(MARK);
  return { line, beside };
}

interface Waiting {
  readonly line: string;
  readonly ended: (exitCode: number) => void;
}

/**
 * Lines that run while a command is blocked, as in a second terminal: only there, so that a replay can run each at the
 * same point. They are kept with the command's own line, since what they changed is part of its entry.
 */
export class BesideLines {
  #open = false;
  #waiting: Waiting[] = [];
  #ran: string[] = [];

  /** Lines that ran beside the command, in order. */
  get ran(): readonly string[] {
    return this.#ran;
  }

  get hasNext(): boolean {
    return this.#waiting.length > 0;
  }

  /** A new command; `replayed` are the lines that ran beside it the first time. */
  begin(replayed: readonly string[] = []): void {
    this.end();
    this.#ran = [];
    this.#waiting = replayed.map((line) => ({ line, ended: () => undefined }));
  }

  /** The command is blocked, or no longer. */
  setOpen(open: boolean): void {
    this.#open = open;
  }

  /** Resolves with the line's exit code; null where no command is blocked. */
  add(line: string): Promise<number> | null {
    if (!this.#open) return null;
    return new Promise((resolve) => this.#waiting.push({ line, ended: resolve }));
  }

  next(): Waiting | undefined {
    const next = this.#waiting.shift();
    if (next !== undefined) this.#ran.push(next.line);
    return next;
  }

  /** Ctrl-C ends the command where it is blocked. */
  noteInterrupt(): void {
    if (this.#ran.at(-1) !== INTERRUPT) this.#ran.push(INTERRUPT);
  }

  /** The command has ended: what still waits does not run. */
  end(): void {
    this.#open = false;
    for (const { ended } of this.#waiting) ended(EXIT_INTERRUPTED);
    this.#waiting = [];
  }
}
