import type { Profile } from '../../engine/base/era.ts';

/**
 * Where a sandbox is kept. Implementations store bytes and know nothing of what is in them; one contract suite
 * runs on all. Every method that writes is all or nothing, and its promise resolves once the data would survive a
 * killed tab.
 */
export interface SandboxStore {
  /** What is kept, without the bulk of checkpoints and blobs; null where there is nothing. */
  read(): Promise<StoredSandbox | null>;
  /** A checkpoint's chunks in order; empty where there is none at `seq`. */
  readCheckpoint(seq: number): Promise<Uint8Array[]>;
  readBlobs(): Promise<readonly StoredBlob[]>;
  /** Drops everything and begins anew with the state that entry 0 stands for. */
  replace(meta: StoredMeta, chunks: readonly Uint8Array[], blobs: readonly StoredBlob[]): Promise<void>;
  /** Appends a record, dropping first what stands at its number and after: records, checkpoints, and their blobs. */
  append(record: StoredLogRow, blobs: readonly StoredBlob[]): Promise<void>;
  /** Adds the state after entry `seq`, so that opening need not begin further back. */
  addCheckpoint(seq: number, chunks: readonly Uint8Array[], blobs: readonly StoredBlob[]): Promise<void>;
  close(): void;
}

export interface StoredMeta {
  /** See schema.ts. */
  readonly schema: number;
  readonly seed: number;
  /** Virtual start time in seconds since the Unix epoch. */
  readonly start_s: number;
  /** Whose ways the cluster has; Ceph 20.2's where it is left out. */
  readonly profile?: Profile;
}

export interface StoredSandbox {
  readonly meta: StoredMeta;
  /** In order of number; may have holes where data was damaged. */
  readonly log: readonly StoredLogRow[];
  /** Entry numbers that have a checkpoint, ascending. */
  readonly checkpoints: readonly number[];
}

export interface StoredLogRow {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

export interface StoredBlob {
  readonly id: number;
  /** The entry that brought it: it goes when that entry goes. */
  readonly since: number;
  readonly bytes: Uint8Array;
}
