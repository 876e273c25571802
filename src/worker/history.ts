import { assert, must } from '../engine/base/assert.ts';
import { type Diff, type RecordStore, reverse } from '../engine/base/records.ts';
import type { ScrollbackEntry } from '../protocol/calls.ts';
import type { TimelineView } from '../protocol/view.ts';
import type { LoadedLog, LogBook } from './store/log-book.ts';
import type { RecordHead } from './store/stored-record.ts';

/** A checkpoint is due after so many changes or entries since the last one. */
const CHECKPOINT_CHANGES = 100_000;
const CHECKPOINT_ENTRIES = 500;

/** The timeline: what each command was and did, and which state is shown. */
export class History {
  readonly #book: LogBook;
  readonly #heads: RecordHead[];
  /** Of entries whose diff is in memory; those before the last checkpoint are read when someone travels there. */
  readonly #diffs = new Map<number, Diff>();
  #checkpoints: readonly number[];
  #at: number;

  constructor(book: LogBook, loaded?: LoadedLog) {
    this.#book = book;
    this.#heads = [...(loaded?.heads ?? [])];
    this.#checkpoints = loaded?.checkpoints ?? [0];
    this.#at = this.#heads.length;
    for (const [index, diff] of (loaded?.diffs ?? []).entries()) this.#diffs.set((loaded?.base ?? 0) + index + 1, diff);
  }

  /** The state shown is the one after this entry. */
  get at(): number {
    return this.#at;
  }

  get length(): number {
    return this.#heads.length;
  }

  timeline(): TimelineView {
    return { entries: this.#heads.map(({ entry }) => entry), at: this.#at };
  }

  scrollback(): readonly ScrollbackEntry[] {
    return this.#heads.map(({ entry, output }) => ({ entry, output }));
  }

  /** The lines that brought the state about, up to the end; null where a file of the user's is among them. */
  lines(): { readonly commands: readonly string[]; readonly userFiles: boolean } {
    return {
      commands: this.#heads.map(({ entry }) => entry.line),
      userFiles: this.#heads.some(({ userFile }) => userFile),
    };
  }

  /** Adds an entry after the state shown; what was there is dropped. Resolves once it is stored, or cannot be. */
  async add(head: RecordHead, diff: Diff): Promise<void> {
    const { seq } = head.entry;
    assert(seq === this.#at + 1, () => `entry ${seq} after ${this.#at}`);
    for (let gone = seq; gone <= this.#heads.length; gone++) this.#diffs.delete(gone);
    this.#heads.length = this.#at;
    this.#checkpoints = this.#checkpoints.filter((checkpoint) => checkpoint < seq);
    this.#heads.push(head);
    this.#diffs.set(seq, diff);
    this.#at = seq;
    await this.#book.append(head, diff);
  }

  /** Brings `records` to the state after entry `seq`. */
  async travel(seq: number, records: RecordStore): Promise<void> {
    assert(seq >= 0 && seq <= this.#heads.length, () => `travel to ${seq} of ${this.#heads.length}`);
    while (this.#at !== seq) {
      const back = seq < this.#at;
      const entry = back ? this.#at : this.#at + 1;
      const diff = await this.#diff(entry);
      records.apply(back ? reverse(diff) : diff);
      this.#at = back ? entry - 1 : entry;
    }
  }

  /** Another history takes its place in the book: checkpoints that are under way are not wanted any more. */
  abandon(): void {
    this.#checkpoints = [];
  }

  /** Stores the state shown as a checkpoint where one is due, so that opening stays quick. Commands may go on meanwhile. */
  async checkpointIfDue(records: RecordStore, breathe: () => Promise<void>): Promise<void> {
    const last = this.#checkpoints.at(-1) ?? 0;
    if (this.#at !== this.#heads.length || this.#at - last === 0) return;
    let changes = 0;
    for (let seq = last + 1; seq <= this.#at; seq++) changes += this.#diffs.get(seq)?.length ?? 0;
    if (changes < CHECKPOINT_CHANGES && this.#at - last < CHECKPOINT_ENTRIES) return;
    const seq = this.#at;
    this.#checkpoints = [...this.#checkpoints, seq];
    // A fork before it takes it out of the list.
    await this.#book.addCheckpoint(seq, records, breathe, () => this.#checkpoints.includes(seq));
  }

  async #diff(seq: number): Promise<Diff> {
    if (!this.#diffs.has(seq)) await this.#readDiffs(seq);
    return must(this.#diffs.get(seq), `diff of entry ${seq}`);
  }

  /** Reads the diffs between the checkpoint before `seq` and the first diff that is in memory. */
  async #readDiffs(seq: number): Promise<void> {
    const from = this.#checkpoints.findLast((checkpoint) => checkpoint < seq) ?? 0;
    const diffs = await this.#book.loadDiffs(from, seq);
    for (const [index, diff] of diffs.entries()) this.#diffs.set(from + index + 1, diff);
  }
}
