import type { CephCommand } from './ceph-command.ts';
import { fsid, mgrStat, monStat, osdVersions, quorumStatus, version, versions } from './cluster-queries.ts';
import {
  crushClassCreate,
  crushClassLs,
  crushClassLsOsd,
  crushClassRename,
  crushClassRm,
  crushGetDeviceClass,
  crushRmDeviceClass,
  crushSetDeviceClass,
} from './crush/classes.ts';
import { crushDump, crushGetTunable, crushLs, crushRuleDump, crushRuleLs, crushShowTunables } from './crush/dump.ts';
import {
  crushAdd,
  crushAddBucket,
  crushCreateOrMove,
  crushLink,
  crushMove,
  crushRenameBucket,
  crushRm,
  crushSetItem,
  crushSwapBucket,
  crushUnlink,
} from './crush/items.ts';
import {
  crushRuleCreateReplicated,
  crushRuleCreateSimple,
  crushRuleLsByClass,
  crushRuleRename,
  crushRuleRm,
} from './crush/rules.ts';
import { osdSetcrushmap } from './crush/set-map.ts';
import { crushTreeCommand } from './crush/tree.ts';
import {
  weightSetCreate,
  weightSetCreateCompat,
  weightSetDump,
  weightSetLs,
  weightSetReweight,
  weightSetReweightCompat,
  weightSetRm,
  weightSetRmCompat,
} from './crush/weight-sets.ts';
import {
  crushReweight,
  crushReweightAll,
  crushReweightSubtree,
  crushSetTunable,
  crushTunables,
} from './crush/weights.ts';
import { df } from './df.ts';
import { health } from './health.ts';
import {
  getMinCompatClient,
  osdDown,
  osdIn,
  osdOut,
  osdPrimaryAffinity,
  osdReweight,
  osdReweightn,
  osdSet,
  osdUnset,
  setMinCompatClient,
} from './osd-changes.ts';
import { osdDf } from './osd-df.ts';
import { osdDump } from './osd-dump.ts';
import { osdFind } from './osd-find.ts';
import { osdGetcrushmap, osdGetmap } from './osd-getmap.ts';
import { osdMap, pgMap } from './osd-map.ts';
import { osdBlocklistLs, osdGetmaxosd, osdLs, osdStat, osdUtilization } from './osd-queries.ts';
import { reweightBy } from './osd-reweight-by.ts';
import { osdTree, osdTreeFrom } from './osd-tree.ts';
import {
  osdPgUpmap,
  osdPgUpmapItems,
  osdPgUpmapPrimary,
  osdRmPgUpmap,
  osdRmPgUpmapItems,
  osdRmPgUpmapPrimary,
} from './osd-upmap.ts';
import { pgDump } from './pg-dump.ts';
import { pgLs, pgLsByOsd, pgLsByPool, pgLsByPrimary } from './pg-ls.ts';
import { pgStat } from './pg-stat.ts';
import {
  applicationDisable,
  applicationEnable,
  applicationGet,
  applicationRm,
  applicationSet,
} from './pool-application.ts';
import { poolMksnap, poolRemove, poolRename, poolRmsnap } from './pool-changes.ts';
import { poolCreate } from './pool-create.ts';
import { poolGet, poolGetQuota, poolSet, poolSetQuota } from './pool-get-set.ts';
import { lspools, poolLs } from './pool-ls.ts';
import { poolStats } from './pool-stats.ts';
import { status } from './status.ts';

/** All commands of `ceph` that are here, in the order in which near misses are offered. */
export const cephCommands: readonly CephCommand[] = [
  pgStat,
  pgDump,
  pgLsByPool,
  pgLsByPrimary,
  pgLsByOsd,
  pgLs,
  osdDf,
  poolStats,
  pgMap,
  osdStat,
  osdDump,
  osdTree,
  osdTreeFrom,
  osdLs,
  osdGetmaxosd,
  osdUtilization,
  osdGetmap,
  osdGetcrushmap,
  osdSetcrushmap,
  crushRuleLs,
  crushRuleLsByClass,
  crushRuleDump,
  crushDump,
  crushAddBucket,
  crushRenameBucket,
  crushSetItem,
  crushAdd,
  crushSetDeviceClass,
  crushRmDeviceClass,
  crushClassRename,
  crushCreateOrMove,
  crushMove,
  crushSwapBucket,
  crushLink,
  crushRm,
  crushUnlink,
  crushReweightAll,
  crushReweight,
  crushReweightSubtree,
  crushTunables,
  crushSetTunable,
  crushGetTunable,
  crushShowTunables,
  crushRuleCreateSimple,
  crushRuleCreateReplicated,
  crushRuleRm,
  crushRuleRename,
  crushTreeCommand,
  crushLs,
  crushClassLs,
  crushClassCreate,
  crushClassRm,
  crushClassLsOsd,
  crushGetDeviceClass,
  weightSetLs,
  weightSetDump,
  weightSetCreateCompat,
  weightSetCreate,
  weightSetRm,
  weightSetRmCompat,
  weightSetReweight,
  weightSetReweightCompat,
  osdMap,
  osdFind,
  lspools,
  osdBlocklistLs,
  osdSet,
  osdUnset,
  setMinCompatClient,
  getMinCompatClient,
  osdDown,
  osdOut,
  osdIn,
  osdPgUpmap,
  osdRmPgUpmap,
  osdPgUpmapItems,
  osdRmPgUpmapItems,
  osdPgUpmapPrimary,
  osdRmPgUpmapPrimary,
  osdReweight,
  osdReweightn,
  osdPrimaryAffinity,
  ...reweightBy,
  poolMksnap,
  poolRmsnap,
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
  osdVersions,
  status,
  health,
  df,
  fsid,
  version,
  versions,
  monStat,
  mgrStat,
  quorumStatus,
];
