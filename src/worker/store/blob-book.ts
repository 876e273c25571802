import type { StoredBlob } from './sandbox-store.ts';

/**
 * Which bytes are stored as blobs, by identity. While a record is packed it collects the blobs that are new, to go
 * into the same transaction as the record.
 */
export class BlobBook {
  readonly #ids = new WeakMap<Uint8Array, number>();
  /** The entry that brought each blob, of those that are stored. */
  readonly #since = new Map<number, number>();
  #fresh: StoredBlob[] = [];
  #seq = 0;
  #next = 1;

  /** Takes up blobs that the store holds already. */
  adopt(blobs: readonly StoredBlob[]): void {
    for (const { id, since, bytes } of blobs) {
      this.#ids.set(bytes, id);
      this.#since.set(id, since);
      this.#next = Math.max(this.#next, id + 1);
    }
  }

  /** Begins the record of entry `seq`, which drops the blobs of what stood there and after. */
  beginRecord(seq: number): void {
    for (const [id, since] of this.#since) if (since >= seq) this.#since.delete(id);
    this.beginCheckpoint(seq);
  }

  beginCheckpoint(seq: number): void {
    this.#seq = seq;
    this.#fresh = [];
  }

  readonly number = (bytes: Uint8Array): number => {
    const known = this.#ids.get(bytes);
    if (known !== undefined && this.#since.has(known)) return known;
    const id = this.#next++;
    this.#ids.set(bytes, id);
    this.#since.set(id, this.#seq);
    this.#fresh.push({ id, since: this.#seq, bytes });
    return id;
  };

  /** The blobs that the record brought. */
  fresh(): readonly StoredBlob[] {
    return this.#fresh;
  }
}
