import type { ClassRegistry } from './class-registry.ts';
import type { ClsHandler } from './cls-handler.ts';
import { JOURNAL_HANDLERS } from './journal/journal.ts';
import { LOCK_HANDLERS } from './lock.ts';
import { CHILDREN_HANDLERS } from './rbd/children.ts';
import { DATA_HANDLERS } from './rbd/data.ts';
import { DIRECTORY_HANDLERS, ID_HANDLERS } from './rbd/directory.ts';
import { GROUP_DIRECTORY_HANDLERS } from './rbd/group-directory.ts';
import { GROUP_IMAGE_HANDLERS } from './rbd/group-images.ts';
import { GROUP_SNAP_HANDLERS } from './rbd/group-snaps.ts';
import { HEADER_HANDLERS } from './rbd/header.ts';
import { METADATA_HANDLERS } from './rbd/metadata.ts';
import { MIGRATION_HANDLERS } from './rbd/migration-header.ts';
import { MIRROR_IMAGE_HANDLERS } from './rbd/mirror-images.ts';
import { MIRROR_PEER_HANDLERS } from './rbd/mirror-peers.ts';
import { MIRROR_POOL_HANDLERS } from './rbd/mirror-pool.ts';
import { OBJECT_MAP_HANDLERS } from './rbd/object-map.ts';
import { OLD_SNAPSHOT_HANDLERS } from './rbd/old-snapshots.ts';
import { PARENT_HANDLERS } from './rbd/parent.ts';
import { SNAPSHOT_HANDLERS } from './rbd/snapshots.ts';
import { NAMESPACE_HANDLERS, TRASH_HANDLERS } from './rbd/trash.ts';

/** The object classes of a package of Ceph, as far as this cluster has them. */
export const CLASSES: ClassRegistry = makeRegistry([
  ...HEADER_HANDLERS,
  ...SNAPSHOT_HANDLERS,
  ...OLD_SNAPSHOT_HANDLERS,
  ...PARENT_HANDLERS,
  ...CHILDREN_HANDLERS,
  ...METADATA_HANDLERS,
  ...ID_HANDLERS,
  ...DIRECTORY_HANDLERS,
  ...OBJECT_MAP_HANDLERS,
  ...DATA_HANDLERS,
  ...TRASH_HANDLERS,
  ...NAMESPACE_HANDLERS,
  ...MIGRATION_HANDLERS,
  ...MIRROR_POOL_HANDLERS,
  ...MIRROR_PEER_HANDLERS,
  ...MIRROR_IMAGE_HANDLERS,
  ...GROUP_DIRECTORY_HANDLERS,
  ...GROUP_IMAGE_HANDLERS,
  ...GROUP_SNAP_HANDLERS,
  ...JOURNAL_HANDLERS,
  ...LOCK_HANDLERS,
]);

function makeRegistry(handlers: readonly ClsHandler[]): ClassRegistry {
  return new Map(handlers.map((handler) => [`${handler.cls}.${handler.name}`, handler]));
}
