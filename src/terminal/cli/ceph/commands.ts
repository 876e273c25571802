import { authCommands } from './auth/commands.ts';
import { autoscalerSettings } from './autoscaler-settings.ts';
import { balancerCommands } from './balancer/commands.ts';
import type { CephCommand } from './ceph-command.ts';
import { logLast, logText } from './cluster-log.ts';
import { fsid, monStat, osdVersions, quorumStatus, version, versions } from './cluster-queries.ts';
import { assimilateConf, generateMinimalConf } from './config/conf-file.ts';
import { configDump } from './config/config-dump.ts';
import { configGet } from './config/config-get.ts';
import { configHelp, configLs } from './config/config-help.ts';
import {
  configKeyDump,
  configKeyExists,
  configKeyGet,
  configKeyLs,
  configKeyRm,
  configKeySet,
} from './config/config-key.ts';
import { configLog } from './config/config-log.ts';
import { configReset, configRm, configSet } from './config/config-set.ts';
import { configShow, configShowAll } from './config/config-show.ts';
import { crushCommands } from './crush/commands.ts';
import { crashCommands } from './daemons/crash.ts';
import { features, nodeLs, osdBlockedBy, osdNumaStatus, osdPerf, timeSyncStatus } from './daemons/machines.ts';
import { deviceLs, mgrServices, serviceDump, serviceStatus, telemetryStatus } from './daemons/manager.ts';
import {
  mgrCountMetadata,
  mgrMetadata,
  mgrVersions,
  monCountMetadata,
  monMetadata,
  monVersions,
  osdCountMetadata,
  osdMetadata,
} from './daemons/metadata.ts';
import { mgrChanges, mgrDump, mgrModuleLs, mgrStat } from './daemons/mgr-map.ts';
import { monChangeQueries } from './daemons/mon-changes.ts';
import { monDump, monFeatureLs, monGetmap, monOkToStop } from './daemons/mon-map.ts';
import { deviceCommands } from './daemons/no-devices.ts';
import { moduleCommands } from './daemons/off-modules.ts';
import { osdStatus } from './daemons/osd-status.ts';
import { refusedCommands } from './daemons/refused-commands.ts';
import { telemetryCommands } from './daemons/telemetry.ts';
import { df } from './df.ts';
import { profileGet, profileLs, profileRm, profileSet } from './erasure-profiles.ts';
import { poolForceRemoveSnap } from './force-remove-snap.ts';
import { fsCommands } from './fs-map.ts';
import { fsRefusals } from './fs-refusals.ts';
import { health, healthMute, healthUnmute } from './health.ts';
import { iostat } from './iostat.ts';
import { pgGetmap } from './not-yet-commands.ts';
import { osdBlacklist, osdBlocklist, osdBlocklistClear, osdBlocklistLs } from './osd-blocklist.ts';
import {
  getMinCompatClient,
  osdDown,
  osdIn,
  osdOut,
  osdPause,
  osdPrimaryAffinity,
  osdRequireRelease,
  osdReweight,
  osdReweightn,
  osdSet,
  osdSetGroup,
  osdStop,
  osdUnpause,
  osdUnset,
  osdUnsetGroup,
  setMinCompatClient,
  setRatios,
} from './osd-changes.ts';
import { osdDf } from './osd-df.ts';
import { osdDump } from './osd-dump.ts';
import { osdFind } from './osd-find.ts';
import { osdGetcrushmap, osdGetmap } from './osd-getmap.ts';
import { osdCreate, osdDestroy, osdLost, osdNew, osdPurge, osdPurgeNew, osdRm, osdSetmaxosd } from './osd-life.ts';
import { osdForceCreatePg, osdLastStatSeq, poolStretchShow } from './osd-life-queries.ts';
import { osdMap, pgMap } from './osd-map.ts';
import { osdOkToUpgrade } from './osd-ok-to-upgrade.ts';
import { oneFlagCommands } from './osd-one-flag.ts';
import { osdGetmaxosd, osdInfo, osdLs, osdLsTree, osdStat, osdUtilization } from './osd-queries.ts';
import { reweightBy } from './osd-reweight-by.ts';
import { osdOkToStop, osdSafeToDestroy } from './osd-safety.ts';
import { osdTree, osdTreeFrom } from './osd-tree.ts';
import {
  osdPgTemp,
  osdPgUpmap,
  osdPgUpmapItems,
  osdPgUpmapPrimary,
  osdPrimaryTemp,
  osdRmPgUpmap,
  osdRmPgUpmapItems,
  osdRmPgUpmapPrimary,
  osdRmPgUpmapPrimaryAll,
  osdRmPrimaryTemp,
} from './osd-upmap.ts';
import { pgDebug, pgRepeer } from './pg/pg-debug.ts';
import { pgForce, poolForce } from './pg/pg-force.ts';
import { pgDumpStuck } from './pg/pg-stuck.ts';
import { osdScrubs, pgScrubs, poolScrubs } from './pg/scrub-commands.ts';
import { pgDump, pgDumpJson, pgDumpPoolsJson } from './pg-dump.ts';
import { pgLs, pgLsByOsd, pgLsByPool, pgLsByPrimary } from './pg-ls.ts';
import { pgStat } from './pg-stat.ts';
import {
  applicationDisable,
  applicationEnable,
  applicationGet,
  applicationRm,
  applicationSet,
} from './pool-application.ts';
import { autoscaleStatus } from './pool-autoscale.ts';
import { availabilityCommands } from './pool-availability.ts';
import { poolMksnap, poolRemove, poolRename, poolRmsnap } from './pool-changes.ts';
import { poolCreate } from './pool-create.ts';
import { poolGet, poolGetQuota, poolSet, poolSetQuota } from './pool-get-set.ts';
import { lspools, poolLs } from './pool-ls.ts';
import { poolStats } from './pool-stats.ts';
import { tierCommands } from './pool-tier.ts';
import { progress, progressClear, progressJson, progressSwitches } from './progress.ts';
import { imagePerfCommands } from './rbd-support/image-perf.ts';
import { mirrorScheduleCommands } from './rbd-support/mirror-schedules.ts';
import { rbdTaskCommands } from './rbd-support/tasks.ts';
import { trashScheduleCommands } from './rbd-support/trash-schedules.ts';
import { report } from './report.ts';
import { status } from './status.ts';
import { stretchCommands } from './stretch-mode.ts';
import { unlistedCommands } from './unlisted.ts';

/** All commands of `ceph` that are here. */
export const cephCommands: readonly CephCommand[] = [
  pgStat,
  pgGetmap,
  pgDump,
  pgDumpJson,
  pgDumpPoolsJson,
  pgLsByPool,
  pgLsByPrimary,
  pgLsByOsd,
  pgLs,
  pgDumpStuck,
  pgDebug,
  ...pgScrubs,
  ...pgForce,
  osdPerf,
  osdDf,
  osdBlockedBy,
  poolStats,
  ...poolScrubs,
  ...poolForce,
  ...osdScrubs,
  serviceDump,
  serviceStatus,
  configShow,
  configShowAll,
  ...crashCommands,
  deviceLs,
  ...deviceCommands,
  iostat,
  autoscaleStatus,
  ...autoscalerSettings,
  progress,
  progressJson,
  progressClear,
  ...progressSwitches,
  ...imagePerfCommands,
  ...mirrorScheduleCommands,
  ...rbdTaskCommands,
  ...trashScheduleCommands,
  osdStatus,
  telemetryStatus,
  ...telemetryCommands,
  pgMap,
  pgRepeer,
  ...authCommands,
  osdStat,
  osdDump,
  osdTree,
  osdTreeFrom,
  osdLs,
  osdLsTree,
  osdInfo,
  osdGetmaxosd,
  osdUtilization,
  osdLastStatSeq,
  osdForceCreatePg,
  poolStretchShow,
  osdGetmap,
  osdGetcrushmap,
  ...crushCommands,
  osdMap,
  osdFind,
  lspools,
  osdSetmaxosd,
  ...setRatios,
  osdPause,
  osdUnpause,
  profileSet,
  profileGet,
  profileRm,
  profileLs,
  osdBlocklist,
  osdBlacklist,
  osdBlocklistLs,
  osdBlocklistClear,
  osdSet,
  osdUnset,
  setMinCompatClient,
  getMinCompatClient,
  osdDown,
  osdStop,
  osdRequireRelease,
  osdOut,
  osdIn,
  osdPgUpmap,
  osdRmPgUpmap,
  osdPgUpmapItems,
  osdRmPgUpmapItems,
  osdPgUpmapPrimary,
  osdRmPgUpmapPrimary,
  osdRmPgUpmapPrimaryAll,
  osdPgTemp,
  osdPrimaryTemp,
  osdRmPrimaryTemp,
  osdSetGroup,
  osdUnsetGroup,
  osdReweight,
  osdReweightn,
  osdPrimaryAffinity,
  osdDestroy,
  osdPurgeNew,
  osdPurge,
  osdLost,
  osdCreate,
  osdNew,
  osdRm,
  osdSafeToDestroy,
  osdOkToStop,
  osdOkToUpgrade,
  ...reweightBy,
  poolMksnap,
  poolRmsnap,
  poolForceRemoveSnap,
  poolLs,
  poolCreate,
  poolRemove,
  poolRename,
  poolGet,
  poolSet,
  poolSetQuota,
  poolGetQuota,
  applicationEnable,
  applicationDisable,
  applicationSet,
  applicationRm,
  applicationGet,
  ...tierCommands,
  ...oneFlagCommands,
  ...stretchCommands,
  ...availabilityCommands,
  ...moduleCommands,
  ...refusedCommands,
  ...unlistedCommands,
  osdVersions,
  osdMetadata,
  osdCountMetadata,
  osdNumaStatus,
  logText,
  logLast,
  status,
  health,
  healthMute,
  healthUnmute,
  timeSyncStatus,
  df,
  report,
  features,
  nodeLs,
  monMetadata,
  monCountMetadata,
  monVersions,
  monDump,
  monGetmap,
  monFeatureLs,
  monOkToStop,
  ...monChangeQueries,
  mgrMetadata,
  mgrCountMetadata,
  mgrVersions,
  mgrDump,
  ...mgrChanges,
  mgrModuleLs,
  mgrServices,
  configSet,
  configRm,
  configGet,
  configDump,
  configHelp,
  configLs,
  assimilateConf,
  configLog,
  configReset,
  generateMinimalConf,
  configKeyGet,
  configKeySet,
  configKeyRm,
  configKeyExists,
  configKeyLs,
  configKeyDump,
  ...fsCommands,
  ...fsRefusals,
  fsid,
  version,
  versions,
  monStat,
  mgrStat,
  quorumStatus,
  ...balancerCommands,
];
