/** The mathematics of a code, by raw chunk number: data chunks 0 to k - 1, coding chunks k to k + m - 1. */
export interface ChunkCode {
  readonly k: number;
  readonly m: number;
  /** The m coding chunks of k data chunks of one length. */
  encode(data: readonly Uint8Array[]): Uint8Array[];
  /**
   * Makes the wanted chunks, none of which is given, out of the given ones, all of one length.
   * Undefined where that many or just those cannot be had back.
   */
  rebuild(wanted: readonly number[], given: ReadonlyMap<number, Uint8Array>): Uint8Array[] | undefined;
}

/** The first k of the given chunks, in order: what the plugins decode from. */
export function firstGiven(k: number, given: ReadonlyMap<number, unknown>): number[] {
  return [...given.keys()].sort((a, b) => a - b).slice(0, k);
}

/** Keeps what was worked out for a set of lost chunks; forgets all when it has become much. */
export class DecodingCache<T> {
  readonly #known = new Map<string, T | undefined>();

  get(sources: readonly number[], wanted: readonly number[], make: () => T | undefined): T | undefined {
    const key = `${sources.join()}/${wanted.join()}`;
    if (this.#known.has(key)) return this.#known.get(key);
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    const made = make();
    this.#known.set(key, made);
    return made;
  }
}

const MAX_KNOWN = 256;
