import { EMPTY_BYTES } from '../base/bytes.ts';
import { type Data, NO_DATA, type Stripes } from '../base/data.ts';
import type { IntervalSet } from '../base/interval-set.ts';
import type { ByteString } from '../base/utf8.ts';
import type { ManifestTarget, Watcher } from '../codec/osd-op.ts';
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
  /** Of a copy that was changed or lost behind its OSD's back; left out on all others. */
  readonly damage?: Damage;
}

/** How a copy may differ from what its OSD was told to write. [SC1] */
export interface Damage {
  /** The copy is gone, and its OSD does not know: what else stands here is what it believes to have. */
  readonly lost: boolean;
  /** The content that size and digest in `object_info_t` tell of; null where the bytes are those that were written, and of shards. */
  readonly data: Data | null;
  /** Attributes of the OSD's own that are gone. */
  readonly lacks: readonly SystemAttr[];
}

export type SystemAttr = '_' | 'snapset' | 'hinfo_key';

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
  /** The content was last written as a whole: `data_digest` is known. */
  readonly dataDigest?: true;
  /** In a tier: the user version that the base pool has as well. An object of that version is clean, any other is dirty. */
  readonly cleanAt?: number;
  /** The object stands for another one, or has chunks in others. */
  readonly manifest?: Manifest;
}

/** `object_manifest_t`. */
export type Manifest =
  | { readonly kind: 'redirect'; readonly target: ManifestTarget }
  /** In order. */
  | { readonly kind: 'chunked'; readonly chunks: readonly ManifestChunk[] };

/** A range of an object that another one has as well. */
export interface ManifestChunk {
  readonly off: number;
  readonly len: number;
  readonly target: ManifestTarget;
  readonly targetOff: number;
  /** Only the other one has it. */
  readonly missing: boolean;
  /** The other one has not what was written here. */
  readonly dirty: boolean;
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

/** What is known of an object, with or without the checksum of its content. */
export function withDigest(info: ObjectInfo, isKnown: boolean): ObjectInfo {
  if ((info.dataDigest === true) === isKnown) return info;
  if (isKnown) return { ...info, dataDigest: true };
  const { version, priorVersion, userVersion, mtime_us, whiteout, lastClient, watchers } = info;
  const plain = { version, priorVersion, userVersion, mtime_us, whiteout, lastClient, watchers };
  return info.manifest === undefined ? plain : { ...plain, manifest: info.manifest };
}

/** What is known of an object that stands for others, or for itself again. */
export function withManifest(info: ObjectInfo, manifest: Manifest | undefined): ObjectInfo {
  if (manifest !== undefined) return { ...info, manifest };
  const { manifest: _, ...rest } = info;
  return rest;
}

type Contents = Pick<Onode, 'data' | 'written' | 'damage'>;

/** Bytes of an object, of which an OSD may have a shard only: `object_info_t::size`. */
export function objectSize(onode: Contents): number {
  return toldData(onode).length;
}

/** The content that `object_info_t` tells of, whatever a damaged copy or a shard holds of it. */
export function toldData({ data, written, damage }: Contents): Data {
  return written?.data ?? damage?.data ?? data;
}

/** True where a copy is really there, with what says what it is. */
export function isThere(onode: Onode | undefined): onode is Onode {
  return onode !== undefined && (onode.damage === undefined || isPresent(onode.damage));
}

function isPresent({ lost, lacks }: Damage): boolean {
  return !lost && !lacks.includes('_');
}
