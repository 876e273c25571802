import {
  FEATURE,
  type GroupSpec,
  type ParentImageSpec,
  type ProtectionStatus,
  type SnapshotNamespace,
} from '../codec/rbd-types.ts';
import { NOSNAP, type SnapContext } from '../codec/snap.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import type { ImageCrypto } from './crypto/image-crypto.ts';
import { type Layout, objectCount } from './io/striper.ts';
import type { OpenJournal } from './journal/journal.ts';
import type { MigrationInfo } from './migration/migration-info.ts';
import type { ForeignSource } from './migration/sources/foreign-source.ts';
import type { ObjectMap } from './object-map.ts';
import { dataObjectName, headerName } from './object-names.ts';
import { oldDataObjectName, oldHeaderName } from './old-format/names.ts';

/** An image by its name (where that is said: of format 1 and no other), or by its id (also in the trash). */
export type ImageTarget = { readonly name: string; readonly oldFormat?: boolean } | { readonly id: string };

/** By its id where it has one: an image of format 1 has only a name. */
export function imageTarget(id: string, name: string): ImageTarget {
  return id === '' ? { name, oldFormat: true } : { id };
}

/** A snapshot of an image, as its header has it. */
export interface ImageSnap {
  readonly id: number;
  readonly name: string;
  readonly namespace: SnapshotNamespace;
  readonly size: number;
  readonly protection: ProtectionStatus;
  readonly timestamp_us: number;
  readonly flags: number;
  /** Clones of format 2. */
  readonly childCount: number;
  /** Bytes of it that may come from the image's parent; null where it has none (any more). */
  readonly parentOverlap: number | null;
}

/** What an image's header says. */
export interface ImageHeader {
  /** Of format 1: the image has no id, and its header is an object of its name. */
  readonly oldFormat: boolean;
  readonly size: number;
  readonly order: number;
  readonly features: number;
  readonly opFeatures: number;
  readonly flags: number;
  readonly objectPrefix: string;
  /** The pool of the data objects: the header's own but with feature data-pool. */
  readonly dataPoolId: number;
  readonly stripeUnit: number;
  readonly stripeCount: number;
  readonly snapc: SnapContext;
  /** In order of their ids. */
  readonly snaps: readonly ImageSnap[];
  /** Of the head or of any snapshot. */
  readonly parentSpec: ParentImageSpec | null;
  /** Of the head; null where the head has no parent (any more). */
  readonly parentOverlap: number | null;
  /** The group that the image is in. */
  readonly group: GroupSpec | null;
  /** Of an image that others are migrated into: what it still reads from its source. */
  readonly migration?: MigrationInfo | null;
  /** The image is the source of a migration: nobody may write to it. */
  readonly migrationSource?: boolean;
  readonly created_us: number;
  readonly accessed_us: number;
  readonly modified_us: number;
}

/**
 * An open image: what its header said when it was last read, and the handles that reading and writing need.
 *
 * @ceph src/librbd/ImageCtx.h — the same part, without caches and journals
 */
export class ImageCtx {
  /** Of the header. */
  readonly io: IoCtx;
  readonly id: string;
  readonly readOnly: boolean;
  /** The snapshot that is open, NOSNAP for the head. */
  readonly snapId: number;
  /** Of this handle's watch. */
  readonly cookie: number;
  name: string;
  /** The image that this one reads through to, opened; null where there is none, or it was not asked for. */
  parent: ImageCtx | null = null;
  /** Of the snapshot that is open, or of the head while this handle holds the lock. */
  objectMap: ObjectMap | null = null;
  /** What stands behind the source of an import that is no image of this cluster: reads go there. */
  foreign: ForeignSource | null = null;
  /** Of an encrypted image that was unlocked: reads and writes are of what lies behind its header. */
  crypto: ImageCrypto | null = null;
  /** While this handle holds the lock and the image has one. */
  journal: OpenJournal | null = null;
  /** What is done comes from the journal: it is not noted down again. */
  replaying = false;
  /** This handle holds the exclusive lock. */
  locked = false;
  /** Another handle has changed the header: it is read again before it is used. */
  stale = false;
  /** Of a handle without a watch: how often the header had changed when it was read. */
  seenChanges = 0;
  closed = false;
  /** Mirroring itself writes to images that follow others; nobody else does. */
  forMirroring = false;
  /** Opened without its parent, for operations on the header alone. */
  parentSkipped = false;
  /** Requests under way: the lock is not given up under them. */
  busy = 0;

  #header: ImageHeader;
  #layout: Layout;
  #writeIo: IoCtx;
  #readIo: IoCtx;

  constructor(io: IoCtx, id: string, name: string, header: ImageHeader, options: ImageCtxOptions) {
    this.io = io;
    this.id = id;
    this.name = name;
    this.snapId = options.snapId;
    this.readOnly = options.readOnly || options.snapId !== NOSNAP;
    this.cookie = options.cookie;
    this.#header = header;
    this.#layout = layoutOf(header);
    this.#writeIo = writeIoOf(io, header);
    this.#readIo = this.#writeIo.atSnap(this.snapId);
  }

  get header(): ImageHeader {
    return this.#header;
  }

  set header(header: ImageHeader) {
    this.#header = header;
    this.#layout = layoutOf(header);
    this.#writeIo = writeIoOf(this.io, header);
    this.#readIo = this.#writeIo.atSnap(this.snapId);
  }

  get layout(): Layout {
    return this.#layout;
  }

  /** The data pool, with the image's snapshots as context for writes. */
  get writeIo(): IoCtx {
    return this.#writeIo;
  }

  /** The data pool, read at the head or at the snapshot that is open. */
  get readIo(): IoCtx {
    return this.#readIo;
  }

  get headerOid(): string {
    return this.oldFormat ? oldHeaderName(this.name) : headerName(this.id);
  }

  get oldFormat(): boolean {
    return this.#header.oldFormat;
  }

  /** What opens the same image again. */
  get target(): ImageTarget {
    return imageTarget(this.id, this.name);
  }

  /** The snapshot that is open; undefined for the head. */
  get snap(): ImageSnap | undefined {
    return this.snapId === NOSNAP ? undefined : this.snapById(this.snapId);
  }

  /** Bytes, of the head or the snapshot that is open. */
  get size(): number {
    return this.snap?.size ?? this.#header.size;
  }

  /** Where data begin: behind the header of an encrypted image that was unlocked. */
  get dataOffset(): number {
    return this.crypto?.dataOffset ?? 0;
  }

  /** Bytes that can be read and written. */
  get dataSize(): number {
    return Math.max(0, this.size - this.dataOffset);
  }

  /** Bytes of the head or the snapshot that is open that may come from the parent. */
  get parentOverlap(): number {
    const { migration } = this.#header;
    if (migration != null) return migration.parents.get(this.snapId)?.overlap ?? 0;
    const snap = this.snap;
    return (snap === undefined ? this.#header.parentOverlap : snap.parentOverlap) ?? 0;
  }

  get objectSize(): number {
    return this.#layout.objectSize;
  }

  /** How many objects the head or the snapshot that is open may have. */
  get objectCount(): number {
    return objectCount(this.#layout, this.size);
  }

  objectName(objectNo: number): string {
    const { oldFormat, objectPrefix } = this.#header;
    return oldFormat ? oldDataObjectName(objectPrefix, objectNo) : dataObjectName(objectPrefix, objectNo);
  }

  /** A user's snapshot of that name. */
  userSnap(name: string): ImageSnap | undefined {
    return this.#header.snaps.find((snap) => snap.namespace.type === 'user' && snap.name === name);
  }

  snapById(id: number): ImageSnap | undefined {
    return this.#header.snaps.find((snap) => snap.id === id);
  }

  has(feature: number): boolean {
    return (this.#header.features & feature) !== 0;
  }

  /** True where the map of the head or of that snapshot may be believed. */
  mapValid(flag: number, snap: ImageSnap | undefined = this.snap): boolean {
    return this.has(FEATURE.OBJECT_MAP) && ((snap?.flags ?? this.#header.flags) & flag) === 0;
  }
}

export interface ImageCtxOptions {
  readonly snapId: number;
  readonly readOnly: boolean;
  readonly cookie: number;
}

function layoutOf({ order, stripeUnit, stripeCount }: ImageHeader): Layout {
  return { objectSize: 2 ** order, stripeUnit, stripeCount };
}

function writeIoOf(io: IoCtx, header: ImageHeader): IoCtx {
  const data = header.dataPoolId === io.poolId ? io : io.rados.ioCtx(header.dataPoolId, io.nspace);
  return data.withSnapContext(header.snapc);
}
