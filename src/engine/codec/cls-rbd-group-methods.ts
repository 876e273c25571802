import type { DirectoryPair, ListPage } from './cls-rbd-methods.ts';
import { type ClsMethod, clsMethod } from './osd-op.ts';
import type { GroupImageSpec, GroupImageStatus, GroupSnapshot, GroupSpec } from './rbd-types.ts';

function read<In, Out>(name: string): ClsMethod<In, Out> {
  return clsMethod('rbd', name, 'read');
}

function write<In>(name: string): ClsMethod<In, void> {
  return clsMethod('rbd', name, 'write');
}

/** `rbd_group_directory`: names to ids and ids to names. Names are looked up by `dir_get_id` and `dir_get_name`. */
export const clsRbdGroupDirectory = {
  /** In the order of names. */
  list: read<ListPage, readonly DirectoryPair[]>('group_dir_list'),
  /** EEXIST for a name in use, EBADF for an id in use. */
  add: write<DirectoryPair>('group_dir_add'),
  /** ESTALE where name and id do not belong together. */
  remove: write<DirectoryPair>('group_dir_remove'),
  rename: write<{ readonly src: string; readonly dest: string; readonly id: string }>('group_dir_rename'),
};

/** `rbd_group_header.ID`: a group's images. */
export const clsRbdGroupImages = {
  set: write<GroupImageStatus>('group_image_set'),
  /** One that is not there is no error. */
  remove: write<GroupImageSpec>('group_image_remove'),
  /** In the order of pools and ids, behind `after` (null: from the first). */
  list: read<{ readonly after: GroupImageSpec | null; readonly max: number }, readonly GroupImageStatus[]>(
    'group_image_list',
  ),
};

/** An image's link to its group, in the image's header. */
export const clsRbdImageGroup = {
  /** EEXIST where it is in another group; nothing happens where it is in this one. */
  add: write<GroupSpec>('image_group_add'),
  /** ENOENT where it is in none, EBADF where it is in another. */
  remove: write<GroupSpec>('image_group_remove'),
  /** Null where it is in none. */
  get: read<void, GroupSpec | null>('image_group_get'),
};

/** `rbd_group_header.ID`: a group's snapshots. */
export const clsRbdGroupSnaps = {
  /** A new one is incomplete. EEXIST where another has its name, or a new one's id is known. */
  set: write<GroupSnapshot>('group_snap_set'),
  remove: write<{ readonly id: string }>('group_snap_remove'),
  /** ENOENT. */
  getById: read<{ readonly id: string }, GroupSnapshot>('group_snap_get_by_id'),
  /** In the order of ids, behind that of `start`. */
  list: read<ListPage, readonly GroupSnapshot[]>('group_snap_list'),
  /** In which order they were made. */
  listOrder: read<ListPage, readonly (readonly [id: string, order: number])[]>('group_snap_list_order'),
};
