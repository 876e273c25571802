import type { SandboxStore, StoredBlob, StoredLogRow, StoredMeta, StoredSandbox } from './sandbox-store.ts';

/** Keeps a sandbox for as long as the page lives: where the browser gives no storage, and in tests. */
export class MemoryStore implements SandboxStore {
  #meta: StoredMeta | null = null;
  #log = new Map<number, Uint8Array>();
  #checkpoints = new Map<number, readonly Uint8Array[]>();
  #blobs = new Map<number, StoredBlob>();

  async read(): Promise<StoredSandbox | null> {
    if (this.#meta === null) return null;
    const log = [...this.#log].map(([seq, bytes]) => ({ seq, bytes })).sort((a, b) => a.seq - b.seq);
    return { meta: this.#meta, log, checkpoints: [...this.#checkpoints.keys()].sort((a, b) => a - b) };
  }

  async readCheckpoint(seq: number): Promise<Uint8Array[]> {
    return [...(this.#checkpoints.get(seq) ?? [])];
  }

  async readBlobs(): Promise<readonly StoredBlob[]> {
    return [...this.#blobs.values()];
  }

  async replace(meta: StoredMeta, chunks: readonly Uint8Array[], blobs: readonly StoredBlob[]): Promise<void> {
    this.#meta = meta;
    this.#log = new Map();
    this.#checkpoints = new Map([[0, chunks]]);
    this.#blobs = new Map();
    this.#addBlobs(blobs);
  }

  async append(record: StoredLogRow, blobs: readonly StoredBlob[]): Promise<void> {
    const { seq, bytes } = record;
    for (const at of [...this.#log.keys()]) if (at >= seq) this.#log.delete(at);
    for (const at of [...this.#checkpoints.keys()]) if (at >= seq) this.#checkpoints.delete(at);
    for (const blob of [...this.#blobs.values()]) if (blob.since >= seq) this.#blobs.delete(blob.id);
    this.#log.set(seq, bytes);
    this.#addBlobs(blobs);
  }

  async addCheckpoint(seq: number, chunks: readonly Uint8Array[], blobs: readonly StoredBlob[]): Promise<void> {
    this.#checkpoints.set(seq, chunks);
    this.#addBlobs(blobs);
  }

  close(): void {}

  #addBlobs(blobs: readonly StoredBlob[]): void {
    for (const blob of blobs) this.#blobs.set(blob.id, blob);
  }
}
