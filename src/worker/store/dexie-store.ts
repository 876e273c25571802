import { Dexie, type DexieOptions, type Table } from 'dexie';
import { GroupCommit } from './group-commit.ts';
import type { SandboxStore, StoredBlob, StoredLogRow, StoredMeta, StoredSandbox } from './sandbox-store.ts';

type Write =
  | { readonly kind: 'append'; readonly record: StoredLogRow; readonly blobs: readonly StoredBlob[] }
  | {
      readonly kind: 'checkpoint' | 'replace';
      readonly seq: number;
      readonly meta: StoredMeta | null;
      readonly chunks: readonly Uint8Array[];
      readonly blobs: readonly StoredBlob[];
    };

/** Changes with the shape of the tables; what is in the records has its own number in schema.ts. */
const TABLES_VERSION = 1;

/** Keeps a sandbox in IndexedDB: one row a command, and a few for each checkpoint. */
export class DexieStore implements SandboxStore {
  readonly #db: SandboxDb;
  readonly #writes = new GroupCommit<Write>((batch) => this.#commit(batch));

  private constructor(db: SandboxDb) {
    this.#db = db;
  }

  /** Opens the database of that name. Rejects as IndexedDB does: see storage-failure.ts. */
  static async open(name: string, options?: DexieOptions): Promise<DexieStore> {
    const db = new SandboxDb(name, options);
    await db.open();
    return new DexieStore(db);
  }

  async read(): Promise<StoredSandbox | null> {
    const db = this.#db;
    return db.transaction('r', db.meta, db.log, db.checkpoints, async () => {
      const row = await db.meta.get('sandbox');
      if (row === undefined) return null;
      const log = await db.log.orderBy('seq').toArray();
      const keys = await db.checkpoints.where('part').equals(0).primaryKeys();
      return { meta: row.meta, log, checkpoints: keys.map(([seq]) => seq).sort((a, b) => a - b) };
    });
  }

  async readCheckpoint(seq: number): Promise<Uint8Array[]> {
    const rows = await this.#db.checkpoints.where('seq').equals(seq).sortBy('part');
    return rows.map((row) => row.bytes);
  }

  readBlobs(): Promise<readonly StoredBlob[]> {
    return this.#db.blobs.toArray();
  }

  replace(meta: StoredMeta, chunks: readonly Uint8Array[], blobs: readonly StoredBlob[]): Promise<void> {
    return this.#writes.add({ kind: 'replace', seq: 0, meta, chunks, blobs });
  }

  append(record: StoredLogRow, blobs: readonly StoredBlob[]): Promise<void> {
    return this.#writes.add({ kind: 'append', record, blobs });
  }

  addCheckpoint(seq: number, chunks: readonly Uint8Array[], blobs: readonly StoredBlob[]): Promise<void> {
    return this.#writes.add({ kind: 'checkpoint', seq, meta: null, chunks, blobs });
  }

  close(): void {
    this.#db.close();
  }

  #commit(batch: readonly Write[]): Promise<void> {
    const { meta, log, checkpoints, blobs } = this.#db;
    return this.#db.transaction('rw', meta, log, checkpoints, blobs, async () => {
      for (const write of batch) {
        if (write.kind === 'append') await this.#append(write.record);
        else await this.#checkpoint(write.seq, write.meta, write.chunks);
        if (write.blobs.length > 0) await blobs.bulkPut([...write.blobs]);
      }
    });
  }

  async #append(record: StoredLogRow): Promise<void> {
    const { log, checkpoints, blobs } = this.#db;
    const { seq } = record;
    // Nothing stands at the end of a log that only grows; the look is cheaper than three deletes.
    if ((await log.where('seq').aboveOrEqual(seq).count()) > 0) await log.where('seq').aboveOrEqual(seq).delete();
    if ((await checkpoints.where('seq').aboveOrEqual(seq).count()) > 0) {
      await checkpoints.where('seq').aboveOrEqual(seq).delete();
    }
    if ((await blobs.where('since').aboveOrEqual(seq).count()) > 0) {
      await blobs.where('since').aboveOrEqual(seq).delete();
    }
    await log.put(record);
  }

  async #checkpoint(seq: number, meta: StoredMeta | null, chunks: readonly Uint8Array[]): Promise<void> {
    const db = this.#db;
    if (meta !== null) {
      await Promise.all([db.log.clear(), db.checkpoints.clear(), db.blobs.clear()]);
      await db.meta.put({ id: 'sandbox', meta });
    }
    await db.checkpoints.bulkPut(chunks.map((bytes, part) => ({ seq, part, bytes })));
  }
}

class SandboxDb extends Dexie {
  declare readonly meta: Table<{ readonly id: string; readonly meta: StoredMeta }, string>;
  declare readonly log: Table<StoredLogRow, number>;
  declare readonly checkpoints: Table<CheckpointRow, [seq: number, part: number]>;
  declare readonly blobs: Table<StoredBlob, number>;

  constructor(name: string, options?: DexieOptions) {
    // Relaxed: a killed tab or browser loses nothing; only a machine that loses power may lose the last moments.
    super(name, { chromeTransactionDurability: 'relaxed', ...options });
    this.version(TABLES_VERSION).stores({
      meta: 'id',
      log: 'seq',
      checkpoints: '[seq+part],seq,part',
      blobs: 'id,since',
    });
  }
}

interface CheckpointRow {
  readonly seq: number;
  readonly part: number;
  readonly bytes: Uint8Array;
}
