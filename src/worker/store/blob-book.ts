import type { BlobNumber } from './packer.ts';
import type { StoredBlob } from './sandbox-store.ts';

/** Which bytes are stored as blobs, by identity. */
export class BlobBook {
  readonly #ids = new WeakMap<Uint8Array, number>();
  /** The entry that brought each blob, of those that are stored. */
  readonly #since = new Map<number, number>();
  #next = 1;

  /** Takes up blobs that the store holds already. */
  adopt(blobs: readonly StoredBlob[]): void {
    for (const { id, since, bytes } of blobs) {
      this.#ids.set(bytes, id);
      this.#since.set(id, since);
      this.#next = Math.max(this.#next, id + 1);
    }
  }

  /** For the record of entry `seq`, which drops the blobs of what stood there and after. */
  forRecord(seq: number): NewBlobs {
    for (const [id, since] of this.#since) if (since >= seq) this.#since.delete(id);
    return this.forCheckpoint(seq);
  }

  forCheckpoint(seq: number): NewBlobs {
    const fresh: StoredBlob[] = [];
    return { fresh, number: (bytes) => this.#number(bytes, seq, fresh) };
  }

  #number(bytes: Uint8Array, seq: number, fresh: StoredBlob[]): number {
    const known = this.#ids.get(bytes);
    if (known !== undefined && this.#since.has(known)) return known;
    const id = this.#next++;
    this.#ids.set(bytes, id);
    this.#since.set(id, seq);
    fresh.push({ id, since: seq, bytes });
    return id;
  }
}

/** Numbers blobs while something is packed, and collects those that are new: they go into the same transaction. */
export interface NewBlobs {
  readonly fresh: readonly StoredBlob[];
  readonly number: BlobNumber;
}
