import type { Data } from '../base/data.ts';
import type { BitVector } from './bit-vector.ts';
import { type ClsMethod, clsMethod } from './osd-op.ts';
import type {
  ChildImageSpec,
  DirectoryState,
  ParentImageSpec,
  ProtectionStatus,
  SnapshotInfo,
  SnapshotNamespace,
  TrashImageSpec,
  TrashState,
} from './rbd-types.ts';
import type { SnapContext } from './snap.ts';

function read<In, Out>(name: string): ClsMethod<In, Out> {
  return clsMethod('rbd', name, 'read');
}

function write<In>(name: string): ClsMethod<In, void> {
  return clsMethod('rbd', name, 'write');
}

/** A page of a list: what comes after `start` ('' for the beginning), at most `max` of it. */
export interface ListPage {
  readonly start: string;
  readonly max: number;
}

/** Of a snapshot, or of the head for NOSNAP. */
export interface OfSnap {
  readonly snapId: number;
}

/** An image's name and id, as `rbd_directory` pairs them. */
export interface DirectoryPair {
  readonly name: string;
  readonly id: string;
}

/** Methods on the header object `rbd_header.ID`. All answer ENOENT where it does not exist. */
export const clsRbdHeader = {
  /** EEXIST where the header is there already, ENOSYS for unknown features, EINVAL where the data pool and its feature disagree. */
  create: write<{
    readonly size: number;
    readonly order: number;
    readonly features: number;
    readonly objectPrefix: string;
    /** -1 where the data lies beside the header. */
    readonly dataPoolId: number;
  }>('create'),
  /** The order is the head's in any case. */
  getSize: read<OfSnap, { readonly size: number; readonly order: number }>('get_size'),
  /** Lowers the parent's overlap where the image shrinks below it. */
  setSize: write<{ readonly size: number }>('set_size'),
  /** `incompatible`: those that a client must know (for reading only, or for writing as well). */
  getFeatures: read<{ readonly readOnly: boolean }, { readonly features: number; readonly incompatible: number }>(
    'get_features',
  ),
  setFeatures: write<{ readonly features: number; readonly mask: number }>('set_features'),
  getSnapContext: read<void, SnapContext>('get_snapcontext'),
  getObjectPrefix: read<void, string>('get_object_prefix'),
  /** -1 where there is none. */
  getDataPool: read<void, number>('get_data_pool'),
  /** ENOEXEC without the feature STRIPINGV2. Unit 2^order, count 1 where nothing else was set. */
  getStripeUnitCount: read<void, { readonly stripeUnit: number; readonly stripeCount: number }>(
    'get_stripe_unit_count',
  ),
  setStripeUnitCount: write<{ readonly stripeUnit: number; readonly stripeCount: number }>('set_stripe_unit_count'),
  /** Microseconds since the Unix epoch, as the two that follow; 0 where unknown. */
  getCreateTimestamp: read<void, number>('get_create_timestamp'),
  getAccessTimestamp: read<void, number>('get_access_timestamp'),
  getModifyTimestamp: read<void, number>('get_modify_timestamp'),
  /** Both set it to the OSD's clock. */
  setAccessTimestamp: write<void>('set_access_timestamp'),
  setModifyTimestamp: write<void>('set_modify_timestamp'),
  getFlags: read<OfSnap, number>('get_flags'),
  setFlags: write<OfSnap & { readonly flags: number; readonly mask: number }>('set_flags'),
  opFeaturesGet: read<void, number>('op_features_get'),
  opFeaturesSet: write<{ readonly opFeatures: number; readonly mask: number }>('op_features_set'),
};

/** Snapshots of the header. ENOENT for a snapshot that is not there. */
export const clsRbdSnapshot = {
  /** EEXIST for a name or id in use, ESTALE for an id below snap_seq, EDQUOT over the limit. */
  add: write<OfSnap & { readonly name: string; readonly namespace: SnapshotNamespace }>('snapshot_add'),
  /** EBUSY where it is protected or has children. */
  remove: write<OfSnap>('snapshot_remove'),
  /** EEXIST for a name in use. */
  rename: write<OfSnap & { readonly name: string }>('snapshot_rename'),
  get: read<OfSnap, SnapshotInfo>('snapshot_get'),
  /** Moves it to the trash namespace under a random UUID for a name; EBUSY where it is protected, EEXIST where it is there already. */
  trashAdd: write<OfSnap>('snapshot_trash_add'),
  getProtectionStatus: read<OfSnap, ProtectionStatus>('get_protection_status'),
  setProtectionStatus: write<OfSnap & { readonly status: ProtectionStatus }>('set_protection_status'),
  /** Takes a peer from a mirror snapshot. EINVAL for another one, ENOENT where it does not name that peer. */
  unlinkPeer: write<OfSnap & { readonly peer: string }>('mirror_image_snapshot_unlink_peer'),
  /** Null where there is no limit. */
  getLimit: read<void, number | null>('snapshot_get_limit'),
  /** ERANGE below the number of snapshots that there are. */
  setLimit: write<{ readonly limit: number | null }>('snapshot_set_limit'),
};

/** A clone's link to its parent, in the clone's header. */
export const clsRbdParent = {
  /** Null where the image has none. */
  get: read<void, ParentImageSpec | null>('parent_get'),
  /** Bytes of the head or snapshot that may come from the parent; null where it has none (any more). */
  overlapGet: read<OfSnap, number | null>('parent_overlap_get'),
  /** EEXIST where there is one, unless `reattach` and it is the same. */
  attach: write<{ readonly parent: ParentImageSpec; readonly overlap: number; readonly reattach: boolean }>(
    'parent_attach',
  ),
  /** Of the head, and with DEEP_FLATTEN of the snapshots; else snapshots keep theirs. ENOENT where there is none. */
  detach: write<void>('parent_detach'),
  /** The older ways, without namespaces. */
  getLegacy: read<OfSnap, { readonly parent: ParentImageSpec; readonly overlap: number } | null>('get_parent'),
  set: write<{ readonly parent: ParentImageSpec; readonly overlap: number }>('set_parent'),
  remove: write<void>('remove_parent'),
};

/** A parent's knowledge of its clones: format 1 in `rbd_children`, format 2 in the parent's header. */
export const clsRbdChildren = {
  /** On `rbd_children`. EEXIST. */
  add: write<{ readonly parent: ParentImageSpec; readonly childId: string }>('add_child'),
  /** On `rbd_children`. ENOENT. */
  remove: write<{ readonly parent: ParentImageSpec; readonly childId: string }>('remove_child'),
  /** On `rbd_children`; sorted. ENOENT where it has none. */
  get: read<{ readonly parent: ParentImageSpec }, readonly string[]>('get_children'),
  /** On the parent's header, as those that follow. EEXIST; ENOENT for a missing snapshot. */
  attach: write<OfSnap & { readonly child: ChildImageSpec }>('child_attach'),
  detach: write<OfSnap & { readonly child: ChildImageSpec }>('child_detach'),
  /** ENOENT where the snapshot has none. */
  list: read<OfSnap, readonly ChildImageSpec[]>('children_list'),
};

/** Key and value pairs of the header: image configuration and `rbd image-meta`. */
export const clsRbdMetadata = {
  set: write<{ readonly entries: ReadonlyMap<string, Uint8Array> }>('metadata_set'),
  remove: write<{ readonly key: string }>('metadata_remove'),
  list: read<ListPage, readonly (readonly [key: string, value: Uint8Array])[]>('metadata_list'),
  /** ENOENT where it is not set. */
  get: read<{ readonly key: string }, Uint8Array>('metadata_get'),
};

/** `rbd_id.NAME`: the image's id as a string. */
export const clsRbdId = {
  /** ENOENT where there is none. */
  get: read<void, string>('get_id'),
  /** The object must exist (a `create` in the same request does it). EEXIST where it has any bytes; EINVAL for an id that is not letters and digits. */
  set: write<{ readonly id: string }>('set_id'),
};

/** `rbd_directory`: names to ids and ids to names. */
export const clsRbdDirectory = {
  getId: read<{ readonly name: string }, string>('dir_get_id'),
  getName: read<{ readonly id: string }, string>('dir_get_name'),
  /** In the order of names. */
  list: read<ListPage, readonly DirectoryPair[]>('dir_list'),
  /** EEXIST for a name in use, EBADF for an id in use. */
  addImage: write<DirectoryPair>('dir_add_image'),
  /** ESTALE where name and id do not belong together. */
  removeImage: write<DirectoryPair>('dir_remove_image'),
  /** One request for both; ESTALE where `src` is not that id's name, EEXIST where `dest` is in use. */
  renameImage: write<{ readonly src: string; readonly dest: string; readonly id: string }>('dir_rename_image'),
  /** ENOENT in another state, or where none was ever set. */
  stateAssert: write<{ readonly state: DirectoryState }>('dir_state_assert'),
  /** EBUSY for 'add-disabled' where images are in it. */
  stateSet: write<{ readonly state: DirectoryState }>('dir_state_set'),
};

/** `rbd_object_map.ID` and `rbd_object_map.ID.SNAP`. */
export const clsRbdObjectMap = {
  load: read<void, BitVector>('object_map_load'),
  save: write<{ readonly map: BitVector }>('object_map_save'),
  /** Creates it where it does not exist. ESTALE where what is cut off still has existing objects. */
  resize: write<{ readonly objectCount: number; readonly defaultState: number }>('object_map_resize'),
  /** From `start` up to (without) `end`, those that are in `currentState` now, or all for null. ERANGE, ENOENT. */
  update: write<{
    readonly start: number;
    readonly end: number;
    readonly newState: number;
    readonly currentState: number | null;
  }>('object_map_update'),
  /** EXISTS becomes EXISTS_CLEAN. */
  snapAdd: write<void>('object_map_snap_add'),
  /** What exists in the removed snapshot's map is no longer clean here. */
  snapRemove: write<{ readonly map: BitVector }>('object_map_snap_remove'),
};

/** Data objects. */
export const clsRbdData = {
  /** Writes the parent's data, unless the object exists: then it does nothing, and that is no error. */
  copyup: write<{ readonly data: Data }>('copyup'),
  /** As copyup, with the data's holes left as holes. */
  sparseCopyup: write<{ readonly data: Data }>('sparse_copyup'),
  /** Leaves out what is zero, in steps of `sparseSize`; an object of zeros alone is removed or cut to nothing. ENOENT. */
  sparsify: write<{ readonly sparseSize: number; readonly removeEmpty: boolean }>('sparsify'),
};

/** `rbd_trash`. */
export const clsRbdTrash = {
  /** EEXIST. */
  add: write<{ readonly id: string; readonly spec: TrashImageSpec }>('trash_add'),
  remove: write<{ readonly id: string }>('trash_remove'),
  list: read<ListPage, readonly (readonly [id: string, spec: TrashImageSpec])[]>('trash_list'),
  get: read<{ readonly id: string }, TrashImageSpec>('trash_get'),
  /** ESTALE where it is in neither state. */
  stateSet: write<{ readonly id: string; readonly state: TrashState; readonly expected: TrashState }>(
    'trash_state_set',
  ),
};

/** `rbd_namespace`. */
export const clsRbdNamespace = {
  /** EEXIST. */
  add: write<{ readonly name: string }>('namespace_add'),
  /** ENOENT. */
  remove: write<{ readonly name: string }>('namespace_remove'),
  list: read<ListPage, readonly string[]>('namespace_list'),
};
