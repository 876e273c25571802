import { FEATURE, type ParentImageSpec, type ProtectionStatus, type SnapshotNamespace } from '../codec/rbd-types.ts';
import { NOSNAP, type SnapContext } from '../codec/snap.ts';
import type { IoCtx } from '../librados/io-ctx.ts';

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

/** What an image's header says, read at one go. */
export interface ImageHeader {
  readonly size: number;
  readonly order: number;
  readonly features: number;
  readonly opFeatures: number;
  readonly flags: number;
  readonly objectPrefix: string;
  /** Where data lies beside the header, the header's pool. */
  readonly dataPoolId: number;
  readonly stripeUnit: number;
  readonly stripeCount: number;
  readonly snapc: SnapContext;
  /** In order of their ids. */
  readonly snaps: readonly ImageSnap[];
  readonly parentSpec: ParentImageSpec | null;
  /** Of the head. */
  readonly parentOverlap: number | null;
  readonly created_us: number;
  readonly accessed_us: number;
  readonly modified_us: number;
}

/**
 * An open image: what its header said when it was last read, and the handles that reading and writing need.
 *
 * @ceph src/librbd/ImageCtx.h — the same part, without caches, journals and groups
 */
export class ImageCtx {
  /** Of the header. */
  readonly io: IoCtx;
  readonly id: string;
  readonly readOnly: boolean;
  /** The snapshot that is open, NOSNAP for the head. */
  readonly snapId: number;
  name: string;
  header: ImageHeader;
  /** The image that this one reads through to, opened; null where there is none, or it was not asked for. */
  parent: ImageCtx | null = null;

  constructor(io: IoCtx, id: string, name: string, header: ImageHeader, snapId = NOSNAP, readOnly = true) {
    this.io = io;
    this.id = id;
    this.name = name;
    this.header = header;
    this.snapId = snapId;
    this.readOnly = readOnly || snapId !== NOSNAP;
  }

  /** The snapshot that is open; undefined for the head. */
  get snap(): ImageSnap | undefined {
    return this.snapId === NOSNAP ? undefined : this.header.snaps.find(({ id }) => id === this.snapId);
  }

  /** Bytes, of the head or the snapshot that is open. */
  get size(): number {
    return this.snap?.size ?? this.header.size;
  }

  get objectSize(): number {
    return 2 ** this.header.order;
  }

  /** A user's snapshot of that name. */
  userSnap(name: string): ImageSnap | undefined {
    return this.header.snaps.find((snap) => snap.namespace.type === 'user' && snap.name === name);
  }

  has(feature: number): boolean {
    return (this.header.features & feature) !== 0;
  }

  get layered(): boolean {
    return this.has(FEATURE.LAYERING);
  }
}
