import type { CommandRecord } from '../command.ts';
import { bench, benchWrite } from './commands/bench.ts';
import { children } from './commands/children.ts';
import { clone } from './commands/clone.ts';
import { configGlobalGet } from './commands/config-global-get.ts';
import { configGlobalList } from './commands/config-global-list.ts';
import { configGlobalRemove } from './commands/config-global-remove.ts';
import { configGlobalSet } from './commands/config-global-set.ts';
import { configImageGet } from './commands/config-image-get.ts';
import { configImageList } from './commands/config-image-list.ts';
import { configImageRemove } from './commands/config-image-remove.ts';
import { configImageSet } from './commands/config-image-set.ts';
import { configPoolGet } from './commands/config-pool-get.ts';
import { configPoolList } from './commands/config-pool-list.ts';
import { configPoolRemove } from './commands/config-pool-remove.ts';
import { configPoolSet } from './commands/config-pool-set.ts';
import { copy } from './commands/copy.ts';
import { create } from './commands/create.ts';
import { deepCopy } from './commands/deep-copy.ts';
import { deviceAttach } from './commands/device-attach.ts';
import { deviceDetach } from './commands/device-detach.ts';
import { deviceList } from './commands/device-list.ts';
import { deviceMap } from './commands/device-map.ts';
import { deviceUnmap } from './commands/device-unmap.ts';
import { diff } from './commands/diff.ts';
import { du } from './commands/disk-usage.ts';
import { encryptionFormat } from './commands/encryption-format.ts';
import { exportCommand } from './commands/export.ts';
import { exportDiffCommand } from './commands/export-diff.ts';
import { featureDisable, featureEnable } from './commands/features.ts';
import { flatten } from './commands/flatten.ts';
import { groupCreate } from './commands/group-create.ts';
import { groupImageAdd } from './commands/group-image-add.ts';
import { groupImageList } from './commands/group-image-list.ts';
import { groupImageRemove } from './commands/group-image-remove.ts';
import { groupInfo } from './commands/group-info.ts';
import { groupList } from './commands/group-list.ts';
import { groupRemove } from './commands/group-remove.ts';
import { groupRename } from './commands/group-rename.ts';
import { groupSnapCreate } from './commands/group-snap-create.ts';
import { groupSnapInfo } from './commands/group-snap-info.ts';
import { groupSnapList } from './commands/group-snap-list.ts';
import { groupSnapRemove } from './commands/group-snap-remove.ts';
import { groupSnapRename } from './commands/group-snap-rename.ts';
import { groupSnapRollback } from './commands/group-snap-rollback.ts';
import { imageMetaGet } from './commands/image-meta-get.ts';
import { imageMetaList } from './commands/image-meta-list.ts';
import { imageMetaRemove } from './commands/image-meta-remove.ts';
import { imageMetaSet } from './commands/image-meta-set.ts';
import { importCommand } from './commands/import.ts';
import { importDiffCommand } from './commands/import-diff.ts';
import { info } from './commands/info.ts';
import { journalClientDisconnect } from './commands/journal-client-disconnect.ts';
import { journalExport } from './commands/journal-export.ts';
import { journalImport } from './commands/journal-import.ts';
import { journalInfo } from './commands/journal-info.ts';
import { journalInspect } from './commands/journal-inspect.ts';
import { journalReset } from './commands/journal-reset.ts';
import { journalStatus } from './commands/journal-status.ts';
import { list } from './commands/list.ts';
import { lockAdd } from './commands/lock-add.ts';
import { lockList } from './commands/lock-list.ts';
import { lockRemove } from './commands/lock-remove.ts';
import { mergeDiffCommand } from './commands/merge-diff.ts';
import { migrationAbort } from './commands/migration-abort.ts';
import { migrationCommit } from './commands/migration-commit.ts';
import { migrationExecute } from './commands/migration-execute.ts';
import { migrationPrepare } from './commands/migration-prepare.ts';
import { mirrorImageDemote } from './commands/mirror-image-demote.ts';
import { mirrorImageDisable } from './commands/mirror-image-disable.ts';
import { mirrorImageEnable } from './commands/mirror-image-enable.ts';
import { mirrorImagePromote } from './commands/mirror-image-promote.ts';
import { mirrorImageResync } from './commands/mirror-image-resync.ts';
import { mirrorImageSnapshot } from './commands/mirror-image-snapshot.ts';
import { mirrorImageStatus } from './commands/mirror-image-status.ts';
import { mirrorPoolDemote } from './commands/mirror-pool-demote.ts';
import { mirrorPoolDisable } from './commands/mirror-pool-disable.ts';
import { mirrorPoolEnable } from './commands/mirror-pool-enable.ts';
import { mirrorPoolInfo } from './commands/mirror-pool-info.ts';
import { mirrorPoolPeerAdd } from './commands/mirror-pool-peer-add.ts';
import { mirrorPoolPeerBootstrapCreate } from './commands/mirror-pool-peer-bootstrap-create.ts';
import { mirrorPoolPeerBootstrapImport } from './commands/mirror-pool-peer-bootstrap-import.ts';
import { mirrorPoolPeerRemove } from './commands/mirror-pool-peer-remove.ts';
import { mirrorPoolPeerSet } from './commands/mirror-pool-peer-set.ts';
import { mirrorPoolPromote } from './commands/mirror-pool-promote.ts';
import { mirrorPoolStatus } from './commands/mirror-pool-status.ts';
import { mirrorSnapshotScheduleAdd } from './commands/mirror-snapshot-schedule-add.ts';
import { mirrorSnapshotScheduleList } from './commands/mirror-snapshot-schedule-list.ts';
import { mirrorSnapshotScheduleRemove } from './commands/mirror-snapshot-schedule-remove.ts';
import { mirrorSnapshotScheduleStatus } from './commands/mirror-snapshot-schedule-status.ts';
import { namespaceCreate } from './commands/namespace-create.ts';
import { namespaceList } from './commands/namespace-list.ts';
import { namespaceRemove } from './commands/namespace-remove.ts';
import { objectMapCheck, objectMapRebuild } from './commands/object-map.ts';
import { perfImageIostat } from './commands/perf-image-iostat.ts';
import { perfImageIotop } from './commands/perf-image-iotop.ts';
import { persistentCacheFlush, persistentCacheInvalidate } from './commands/persistent-cache.ts';
import { poolInit } from './commands/pool-init.ts';
import { poolStats } from './commands/pool-stats.ts';
import { remove } from './commands/remove.ts';
import { rename } from './commands/rename.ts';
import { resize } from './commands/resize.ts';
import { snapCreate } from './commands/snap-create.ts';
import { snapLimitClear, snapLimitSet } from './commands/snap-limit.ts';
import { snapList } from './commands/snap-list.ts';
import { snapProtect } from './commands/snap-protect.ts';
import { snapPurge } from './commands/snap-purge.ts';
import { snapRemove } from './commands/snap-remove.ts';
import { snapRename } from './commands/snap-rename.ts';
import { snapRollback } from './commands/snap-rollback.ts';
import { snapUnprotect } from './commands/snap-unprotect.ts';
import { sparsify } from './commands/sparsify.ts';
import { status } from './commands/status.ts';
import { trashList } from './commands/trash-list.ts';
import { trashMove } from './commands/trash-move.ts';
import { trashPurge } from './commands/trash-purge.ts';
import { trashPurgeScheduleAdd } from './commands/trash-purge-schedule-add.ts';
import { trashPurgeScheduleList } from './commands/trash-purge-schedule-list.ts';
import { trashPurgeScheduleRemove } from './commands/trash-purge-schedule-remove.ts';
import { trashPurgeScheduleStatus } from './commands/trash-purge-schedule-status.ts';
import { trashRemove } from './commands/trash-remove.ts';
import { trashRestore } from './commands/trash-restore.ts';
import { watch } from './commands/watch.ts';

/** Every command of `rbd` that is there. */
export const rbdCommands: readonly CommandRecord[] = [
  bench,
  benchWrite,
  children,
  clone,
  configGlobalGet,
  configGlobalList,
  configGlobalRemove,
  configGlobalSet,
  configImageGet,
  configImageList,
  configImageRemove,
  configImageSet,
  configPoolGet,
  configPoolList,
  configPoolRemove,
  configPoolSet,
  copy,
  create,
  deepCopy,
  deviceAttach,
  deviceDetach,
  deviceList,
  deviceMap,
  deviceUnmap,
  diff,
  du,
  encryptionFormat,
  exportCommand,
  exportDiffCommand,
  featureDisable,
  featureEnable,
  flatten,
  groupCreate,
  groupImageAdd,
  groupImageList,
  groupImageRemove,
  groupInfo,
  groupList,
  groupRemove,
  groupRename,
  groupSnapCreate,
  groupSnapInfo,
  groupSnapList,
  groupSnapRemove,
  groupSnapRename,
  groupSnapRollback,
  imageMetaGet,
  imageMetaList,
  imageMetaRemove,
  imageMetaSet,
  importCommand,
  importDiffCommand,
  info,
  list,
  lockAdd,
  lockList,
  lockRemove,
  mergeDiffCommand,
  migrationAbort,
  migrationCommit,
  migrationExecute,
  migrationPrepare,
  mirrorImageDemote,
  mirrorImageDisable,
  mirrorImageEnable,
  mirrorImagePromote,
  mirrorImageSnapshot,
  mirrorImageStatus,
  mirrorPoolDemote,
  mirrorPoolDisable,
  mirrorPoolEnable,
  mirrorPoolInfo,
  mirrorPoolPeerAdd,
  mirrorPoolPeerBootstrapCreate,
  mirrorPoolPeerBootstrapImport,
  mirrorPoolPeerRemove,
  mirrorPoolPromote,
  mirrorPoolStatus,
  journalClientDisconnect,
  journalExport,
  journalImport,
  journalInfo,
  journalInspect,
  journalReset,
  journalStatus,
  mirrorImageResync,
  mirrorPoolPeerSet,
  mirrorSnapshotScheduleAdd,
  mirrorSnapshotScheduleList,
  mirrorSnapshotScheduleRemove,
  mirrorSnapshotScheduleStatus,
  namespaceCreate,
  namespaceList,
  namespaceRemove,
  objectMapCheck,
  objectMapRebuild,
  perfImageIostat,
  perfImageIotop,
  persistentCacheFlush,
  persistentCacheInvalidate,
  poolInit,
  poolStats,
  remove,
  rename,
  resize,
  snapCreate,
  snapLimitClear,
  snapLimitSet,
  snapList,
  snapProtect,
  snapPurge,
  snapRemove,
  snapRename,
  snapRollback,
  snapUnprotect,
  sparsify,
  status,
  trashList,
  trashMove,
  trashPurge,
  trashPurgeScheduleAdd,
  trashPurgeScheduleList,
  trashPurgeScheduleRemove,
  trashPurgeScheduleStatus,
  trashRemove,
  trashRestore,
  watch,
];
