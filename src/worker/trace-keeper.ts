import type { OpTrace } from '../engine/base/op-trace.ts';
import { TraceBook, type TraceReport } from '../engine/base/trace-book.ts';

/** Commands whose traces are kept: the newest ones. */
const COMMANDS_KEPT = 60;

/**
 * The traces of commands that ran since the page was opened, by their entry in the timeline. Kept in memory only: what a
 * command cost is stored with its entry, its road is not.
 */
export class TraceKeeper {
  #book = new TraceBook();
  readonly #reports = new Map<number, TraceReport>();

  note(at_us: number, trace: OpTrace): void {
    this.#book.add(at_us, trace);
  }

  /** What was noted since the last entry has become entry `seq`; what was behind it is gone. */
  keep(seq: number): void {
    for (const known of [...this.#reports.keys()]) {
      if (known >= seq || known <= seq - COMMANDS_KEPT) this.#reports.delete(known);
    }
    this.#reports.set(seq, this.#book.report());
    this.#book = new TraceBook();
  }

  /** Another session takes its place. */
  clear(): void {
    this.#reports.clear();
    this.#book = new TraceBook();
  }

  /** Null where entry `seq` ran before the page was opened, or long ago. */
  report(seq: number): TraceReport | null {
    return this.#reports.get(seq) ?? null;
  }
}
