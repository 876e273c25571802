/**
 * What the objects of RBD hold, as values: the words that cls_rbd and librbd share. How they are encoded stands in
 * the `rbd-*-codec.ts` files beside this one.
 *
 * @ceph src/cls/rbd/cls_rbd_types.h — exact, without mirroring and migration
 */

/** Bits of an image's `features`. */
export const FEATURE = {
  LAYERING: 1,
  STRIPINGV2: 2,
  EXCLUSIVE_LOCK: 4,
  OBJECT_MAP: 8,
  FAST_DIFF: 16,
  DEEP_FLATTEN: 32,
  JOURNALING: 64,
  DATA_POOL: 128,
  OPERATIONS: 256,
  MIGRATING: 512,
  NON_PRIMARY: 1024,
  DIRTY_CACHE: 2048,
} as const;

/** Names of the feature bits, in bit order. */
export const FEATURE_BIT_NAMES = [
  'layering',
  'striping',
  'exclusive-lock',
  'object-map',
  'fast-diff',
  'deep-flatten',
  'journaling',
  'data-pool',
  'operations',
  'migrating',
  'non-primary',
  'dirty-cache',
] as const;

export const FEATURES_ALL = 4095;
/** A client must know these to open the image at all. */
export const FEATURES_INCOMPATIBLE = FEATURE.LAYERING | FEATURE.STRIPINGV2 | FEATURE.DATA_POOL;
/** Clients may not set these: the OSD does, as operations come and go. */
export const FEATURES_OSD_ONLY = FEATURE.OPERATIONS | FEATURE.MIGRATING;
/** May be enabled and disabled after the image's creation. */
export const FEATURES_MUTABLE =
  FEATURE.EXCLUSIVE_LOCK |
  FEATURE.OBJECT_MAP |
  FEATURE.FAST_DIFF |
  FEATURE.JOURNALING |
  FEATURE.NON_PRIMARY |
  FEATURE.DIRTY_CACHE;
export const FEATURES_DISABLE_ONLY = FEATURE.DEEP_FLATTEN;

/** Bits of an image's `op_features`. */
export const OP_FEATURE = { CLONE_PARENT: 1, CLONE_CHILD: 2, GROUP: 4, SNAP_TRASH: 8 } as const;
export const OP_FEATURES_ALL = 15;

/** Bits of `flags`, of the head and of each snapshot. */
export const FLAG = { OBJECT_MAP_INVALID: 1, FAST_DIFF_INVALID: 2 } as const;

/** The states of an object in an object map, two bits each. */
export const OBJECT_STATE = { NONEXISTENT: 0, EXISTS: 1, PENDING: 2, EXISTS_CLEAN: 3 } as const;

export const PROTECTION_STATUSES = ['unprotected', 'unprotecting', 'protected'] as const;
export type ProtectionStatus = (typeof PROTECTION_STATUSES)[number];

/** The snapshot of an image that a clone reads through to. */
export interface ParentImageSpec {
  readonly pool: number;
  readonly nspace: string;
  readonly imageId: string;
  readonly snapId: number;
}

/** A clone of format 2, as its parent's header knows it. */
export interface ChildImageSpec {
  readonly pool: number;
  readonly nspace: string;
  readonly imageId: string;
}

/** In the order of their codes. */
export const NAMESPACE_TYPES = ['user', 'group', 'trash', 'mirror'] as const;
export type NamespaceType = (typeof NAMESPACE_TYPES)[number];

/** In the order of their codes. */
export const MIRROR_SNAP_STATES = ['primary', 'primary-demoted', 'non-primary', 'non-primary-demoted'] as const;
export type MirrorSnapState = (typeof MIRROR_SNAP_STATES)[number];

/** A snapshot that mirroring made. */
export interface MirrorSnapshotNamespace {
  readonly type: 'mirror';
  readonly state: MirrorSnapState;
  readonly complete: boolean;
  /** Peers that have not copied it yet. */
  readonly peerUuids: readonly string[];
  /** Of the pool that it is a copy from; empty for one of a primary. */
  readonly primaryMirrorUuid: string;
  /** The snapshot there; of a primary's the one since which nothing else changed, or NOSNAP. */
  readonly primarySnapId: number;
  readonly lastCopiedObject: number;
  readonly snapSeqs: readonly (readonly [primary: number, own: number])[];
}

/** Whose a snapshot is: a user's, a group snapshot's part, or one kept in the trash for its clones. */
export type SnapshotNamespace =
  | { readonly type: 'user' }
  | { readonly type: 'group'; readonly pool: number; readonly groupId: string; readonly groupSnapId: string }
  | { readonly type: 'trash'; readonly originalName: string; readonly originalType: NamespaceType }
  | MirrorSnapshotNamespace
  /** Of a kind that this class does not know: kept as it is. */
  | { readonly type: 'unknown'; readonly code: number; readonly payload: Uint8Array };

export const USER_NAMESPACE: SnapshotNamespace = { type: 'user' };

/** What `snapshot_get` answers. */
export interface SnapshotInfo {
  readonly id: number;
  readonly namespace: SnapshotNamespace;
  readonly name: string;
  readonly imageSize: number;
  /** When it was made, since the Unix epoch. */
  readonly timestamp_us: number;
  readonly childCount: number;
}

/** An image in the trash. */
export interface TrashImageSpec {
  readonly source: TrashSource;
  readonly name: string;
  /** When it was moved there, since the Unix epoch. */
  readonly deletion_us: number;
  /** Until when it may not be removed without force. */
  readonly defermentEnd_us: number;
  readonly state: TrashState;
}

export const TRASH_SOURCES = ['user', 'mirroring', 'migration', 'removing', 'user-parent'] as const;
export type TrashSource = (typeof TRASH_SOURCES)[number];

export const TRASH_STATES = ['normal', 'moving', 'removing', 'restoring'] as const;
export type TrashState = (typeof TRASH_STATES)[number];

export const DIRECTORY_STATES = ['ready', 'add-disabled'] as const;
export type DirectoryState = (typeof DIRECTORY_STATES)[number];

/** The group that an image is in. */
export interface GroupSpec {
  readonly pool: number;
  readonly groupId: string;
}

/** An image of a group: it may lie in another pool, in the namespace of the same name. */
export interface GroupImageSpec {
  readonly imageId: string;
  readonly pool: number;
}

/** In the order of their codes: `incomplete` while one of the two, image and group, does not know of the other. */
export const GROUP_IMAGE_STATES = ['attached', 'incomplete'] as const;
export type GroupImageState = (typeof GROUP_IMAGE_STATES)[number];

export interface GroupImageStatus {
  readonly spec: GroupImageSpec;
  readonly state: GroupImageState;
}

/** In the order of their codes. */
export const GROUP_SNAP_STATES = ['incomplete', 'complete'] as const;
export type GroupSnapState = (typeof GROUP_SNAP_STATES)[number];

/** An image's part of a group snapshot; of an incomplete one the id is 0. */
export interface ImageSnapshotSpec {
  readonly pool: number;
  readonly imageId: string;
  readonly snapId: number;
}

export interface GroupSnapshot {
  readonly id: string;
  readonly name: string;
  readonly state: GroupSnapState;
  /** In the order of the group's images when it was made. */
  readonly snaps: readonly ImageSnapshotSpec[];
}
