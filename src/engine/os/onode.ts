import { EMPTY_BYTES } from '../base/bytes.ts';
import { type Data, NO_DATA, type Stripes } from '../base/data.ts';
import type { IntervalSet } from '../base/interval-set.ts';
import type { ByteString } from '../base/utf8.ts';
import type { Watcher } from '../codec/osd-op.ts';
import type { HObject } from './hobject.ts';

/**
 * An object in an OSD's store. A value: replicas share it. What Ceph keeps encoded in the xattrs `_` and
 * `snapset` stands here decoded; the codec encodes it when someone looks.
 */
export interface Onode {
  readonly hoid: HObject;
  /** The object's content; in an erasure pool what this shard has of it. */
  readonly data: Data;
  readonly info: ObjectInfo;
  /** On heads only. */
  readonly snapSet: SnapSet | null;
  /** Users' and classes' xattrs, without the `_` that the store puts before their names. */
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
  readonly omap: ReadonlyMap<ByteString, Uint8Array>;
  readonly omapHeader: Uint8Array;
  /**
   * Of a shard: the whole object as it was last written. Tells the object's size, which Ceph has in `object_info_t`, and
   * the checksums of `hinfo_key`; never what the object reads as, which is told from the shards' own data.
   */
  readonly written?: Stripes;
}

/** Of `object_info_t`, what the cluster uses. */
export interface ObjectInfo {
  readonly version: EVersion;
  readonly priorVersion: EVersion;
  readonly userVersion: number;
  readonly mtime_us: number;
  /** A removed head that stays because clones of it live: reads as if it were not there. */
  readonly whiteout: boolean;
  readonly lastClient: number;
  readonly watchers: readonly Watcher[];
}

/** `eversion_t`: epoch and version within the PG, printed `12'34`. */
export interface EVersion {
  readonly epoch: number;
  readonly version: number;
}

/** What the head knows of its clones: `SnapSet`. */
export interface SnapSet {
  readonly seq: number;
  /** Oldest first. */
  readonly clones: readonly SnapSetClone[];
}

export interface SnapSetClone {
  readonly id: number;
  readonly size: number;
  /** The bytes that it shares with the next newer clone, or with the head. */
  readonly overlap: IntervalSet;
  /** Snapshots that it serves, newest first. */
  readonly snaps: readonly number[];
}

export const NO_SNAPSET: SnapSet = { seq: 0, clones: [] };
export const NO_EVERSION: EVersion = { epoch: 0, version: 0 };

const NO_MAP: ReadonlyMap<never, never> = new Map<never, never>();

/** A head as it is at its first moment, empty. */
export function newOnode(hoid: HObject, snapSet: SnapSet): Onode {
  return {
    hoid,
    data: NO_DATA,
    info: {
      version: NO_EVERSION,
      priorVersion: NO_EVERSION,
      userVersion: 0,
      mtime_us: 0,
      whiteout: false,
      lastClient: 0,
      watchers: [],
    },
    snapSet,
    xattrs: NO_MAP,
    omap: NO_MAP,
    omapHeader: EMPTY_BYTES,
  };
}

/** Bytes of an object, of which an OSD may have a shard only: `object_info_t::size`. */
export function objectSize({ data, written }: Onode): number {
  return (written?.data ?? data).length;
}
