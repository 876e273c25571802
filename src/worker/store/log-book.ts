import { AssertionError } from '../../engine/base/assert.ts';
import { type Diff, RecordStore } from '../../engine/base/records.ts';
import type { Scenario } from '../../protocol/calls.ts';
import type { StorageStatus } from '../../protocol/view.ts';
import { BlobBook } from './blob-book.ts';
import { packCheckpoint, rowsOf, unpackCheckpoint } from './checkpoint-chunks.ts';
import type { SandboxStore, StoredBlob, StoredLogRow, StoredMeta } from './sandbox-store.ts';
import { NewerDataError, SCHEMA_VERSION } from './schema.ts';
import { storageFailure } from './storage-failure.ts';
import { completeDiff, packRecord, type RecordHead, unpackChanges, unpackHead } from './stored-record.ts';
import { type BlobBytes, UnpackError } from './unpacker.ts';

/** What was read of a sandbox: the longest good prefix of its log. */
export interface LoadedLog {
  readonly meta: StoredMeta;
  /** Of all entries from 1. */
  readonly heads: readonly RecordHead[];
  /** The checkpoint that was begun from; the diffs are those of the entries after it. */
  readonly base: number;
  readonly diffs: readonly Diff[];
  readonly checkpoints: readonly number[];
  /** How many entries could not be read and are given up. */
  readonly lost: number;
}

/** Nothing is stored, or nothing of it can be read: `lost` entries are given up then. */
export interface NothingLoaded {
  readonly heads: null;
  readonly lost: number;
  /** What an older version stored, as commands that are to be run again; left out where there is nothing. */
  readonly again?: Scenario;
}

/**
 * A sandbox's log and checkpoints, over a store of bytes. Writing never fails: when the store does, the book says
 * so in `status` from then on, and the sandbox goes on in memory.
 */
export class LogBook {
  readonly #store: SandboxStore;
  readonly #blobs = new BlobBook();
  #status: StorageStatus;

  constructor(store: SandboxStore, status: StorageStatus = { kind: 'stored' }) {
    this.#store = store;
    this.#status = status;
  }

  get status(): StorageStatus {
    return this.#status;
  }

  /** Stops writing: another tab has taken over. */
  loseLock(): void {
    this.#status = { kind: 'read-only' };
  }

  close(): void {
    this.#store.close();
  }

  /** Begins anew with `records` as the state of entry 0. */
  async start(origin: Omit<StoredMeta, 'schema'>, records: RecordStore): Promise<void> {
    const blobs = this.#blobs.forRecord(0);
    const chunks = [...packCheckpoint(rowsOf(records), blobs.number)];
    await this.#write(() => this.#store.replace({ schema: SCHEMA_VERSION, ...origin }, chunks, blobs.fresh));
  }

  /** Appends an entry and drops what stands at its number and after. Resolves once it is kept, or cannot be. */
  async append(head: RecordHead, diff: Diff): Promise<void> {
    const { seq } = head.entry;
    await this.#write(() => {
      const blobs = this.#blobs.forRecord(seq);
      const bytes = packRecord(head, diff, blobs.number);
      return this.#store.append({ seq, bytes }, blobs.fresh);
    });
  }

  /**
   * Adds the state of `records` as that after entry `seq`. It is packed bit by bit, with `breathe` between, while
   * commands go on; at the end `wanted` tells whether it still is.
   */
  async addCheckpoint(
    seq: number,
    records: RecordStore,
    breathe: () => Promise<void>,
    wanted: () => boolean,
  ): Promise<void> {
    if (this.#status.kind !== 'stored') return;
    const blobs = this.#blobs.forCheckpoint(seq);
    const chunks: Uint8Array[] = [];
    for (const chunk of packCheckpoint(rowsOf(records), blobs.number)) {
      chunks.push(chunk);
      await breathe();
    }
    if (wanted()) await this.#write(() => this.#store.addCheckpoint(seq, chunks, blobs.fresh));
  }

  /** Reads the sandbox into `records`, which must be empty. Throws NewerDataError. */
  async load(records: RecordStore): Promise<LoadedLog | NothingLoaded> {
    const stored = await this.#store.read();
    if (stored === null) return { heads: null, lost: 0 };
    const last = stored.log.at(-1)?.seq ?? 0;
    const { meta } = stored;
    if (meta.schema > SCHEMA_VERSION) throw new NewerDataError(meta.schema);
    const heads = goodHeads(stored.log);
    if (meta.schema < SCHEMA_VERSION) {
      const commands = heads.map(({ entry }) => entry.line);
      const { schema: _, ...origin } = meta;
      const again: Scenario = { version: 1, ...origin, commands };
      return { heads: null, lost: last - heads.length, again };
    }
    const blobs = await this.#adoptBlobs();
    const checkpoints = stored.checkpoints.filter((seq) => seq <= heads.length);
    const base = await this.#restore(checkpoints, blobs, records);
    if (base === null) return { heads: null, lost: last };
    const diffs = replay(stored.log.slice(base, heads.length), blobs, records);
    const kept = heads.slice(0, base + diffs.length);
    const usable = checkpoints.filter((seq) => seq <= kept.length);
    return { meta, heads: kept, base, diffs, checkpoints: usable, lost: last - kept.length };
  }

  /** The diffs of the entries after checkpoint `from`, up to entry `to`. */
  async loadDiffs(from: number, to: number): Promise<readonly Diff[]> {
    const stored = await this.#store.read();
    const scratch = new RecordStore();
    const blobs = blobLookup(await this.#store.readBlobs());
    if ((await this.#restore([from], blobs, scratch)) === null)
      throw new UnpackError(`checkpoint ${from} cannot be read`);
    const diffs = replay(stored?.log.slice(from, to) ?? [], blobs, scratch);
    if (diffs.length < to - from) throw new UnpackError(`entry ${from + diffs.length + 1} cannot be read`);
    return diffs;
  }

  async #adoptBlobs(): Promise<BlobBytes> {
    const stored = await this.#store.readBlobs();
    this.#blobs.adopt(stored);
    return blobLookup(stored);
  }

  /** Puts the newest readable of these checkpoints into `records`; answers which one it is, null where none is. */
  async #restore(checkpoints: readonly number[], blobs: BlobBytes, records: RecordStore): Promise<number | null> {
    for (const seq of checkpoints.toReversed()) {
      const rows: { table: string; key: string; from: undefined; to: unknown }[] = [];
      try {
        const chunks = await this.#store.readCheckpoint(seq);
        unpackCheckpoint(chunks, blobs, (table, key, to) => rows.push({ table, key, from: undefined, to }));
        records.apply(rows);
        return seq;
      } catch (error) {
        if (!(error instanceof UnpackError)) throw error;
      }
    }
    return null;
  }

  async #write(write: () => Promise<void>): Promise<void> {
    if (this.#status.kind !== 'stored') return;
    try {
      await write();
    } catch (error) {
      if (error instanceof AssertionError) throw error;
      // Another failure may have come first, or the lock may be lost meanwhile: the first reason stands.
      if (this.#status.kind === 'stored') this.#status = storageFailure(error);
    }
  }
}

function blobLookup(blobs: readonly StoredBlob[]): BlobBytes {
  const byId = new Map(blobs.map(({ id, bytes }) => [id, bytes]));
  return (id) => byId.get(id);
}

/** Heads from entry 1 up to the first that is missing or damaged. */
function goodHeads(log: readonly StoredLogRow[]): RecordHead[] {
  const heads: RecordHead[] = [];
  for (const { seq, bytes } of log) {
    if (seq !== heads.length + 1) break;
    try {
      heads.push(unpackHead(bytes));
    } catch (error) {
      if (!(error instanceof UnpackError)) throw error;
      break;
    }
  }
  return heads;
}

/** Applies the rows to `records` one after another; stops before the first that cannot be read. */
function replay(log: readonly StoredLogRow[], blobs: BlobBytes, records: RecordStore): Diff[] {
  const diffs: Diff[] = [];
  for (const { bytes } of log) {
    try {
      const changes = unpackChanges(bytes, blobs);
      const diff = completeDiff(changes, (table, key) => records.table<unknown>(table).get(key));
      records.apply(diff);
      diffs.push(diff);
    } catch (error) {
      if (!(error instanceof UnpackError)) throw error;
      break;
    }
  }
  return diffs;
}
