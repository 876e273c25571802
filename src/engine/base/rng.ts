import { type RecordStore, type Table, tableName } from './records.ts';

const RNG = tableName<number>('rng');

/**
 * Chance: one seed, and a stream for each name, so that a new draw in one place does not shift another's.
 * The state of each stream is a record, so undo and reload give the same draws again.
 */
export class Rng {
  readonly #streams: Table<number>;
  readonly #seed: number;

  constructor(records: RecordStore, seed: number) {
    this.#streams = records.table(RNG);
    this.#seed = seed;
  }

  /** The next 32 bits of the stream of that name, as a number from 0 to 2^32 - 1. */
  uint32(stream: string): number {
    const state = ((this.#streams.get(stream) ?? startOf(this.#seed, stream)) + 0x6d2b79f5) | 0;
    this.#streams.set(stream, state);
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** A whole number from 0 up to, not including, `below` (at most 2^32). */
  below(stream: string, below: number): number {
    return Math.floor((this.uint32(stream) / 0x100000000) * below);
  }
}

function startOf(seed: number, stream: string): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < stream.length; i++) h = Math.imul(h ^ stream.charCodeAt(i), 0x01000193);
  return h;
}
