import { bench } from './bench.ts';
import { cleanup } from './bench-cleanup.ts';
import { cp } from './cp.ts';
import { cppool } from './cppool.ts';
import { df } from './df.ts';
import { exportPool } from './export.ts';
import { append, get, put } from './get-put.ts';
import { importPool } from './import.ts';
import { inconsistent } from './inconsistent.ts';
import { listsnaps } from './listsnaps.ts';
import { loadGen } from './load-gen.ts';
import { lock } from './lock.ts';
import { ls } from './ls.ts';
import { create, rm, setAllocHint, touch, truncate } from './object-changes.ts';
import {
  clearomap,
  getomapheader,
  getomapval,
  listomapkeys,
  listomapvals,
  rmomapkey,
  setomapheader,
  setomapval,
} from './omap.ts';
import { listwatchers, lspools, purge } from './pools.ts';
import type { RadosCommand } from './rados-command.ts';
import { lssnap, mksnap, rmsnap, rollback } from './snaps.ts';
import { mapext, stat, stat2 } from './stat.ts';
import { tiers } from './tiers.ts';
import { notify, watch } from './watch.ts';
import { getxattr, listxattr, rmxattr, setxattr } from './xattr.ts';

/** All commands of `rados` that are here. */
export const radosCommands: readonly RadosCommand[] = [
  lspools,
  cppool,
  purge,
  df,
  ls,
  lssnap,
  mksnap,
  rmsnap,
  get,
  put,
  append,
  truncate,
  create,
  rm,
  cp,
  listxattr,
  getxattr,
  setxattr,
  rmxattr,
  stat,
  stat2,
  touch,
  mapext,
  rollback,
  listsnaps,
  listomapkeys,
  listomapvals,
  getomapval,
  setomapval,
  rmomapkey,
  clearomap,
  getomapheader,
  setomapheader,
  watch,
  notify,
  listwatchers,
  setAllocHint,
  bench,
  cleanup,
  loadGen,
  exportPool,
  importPool,
  ...inconsistent,
  ...tiers,
  ...lock,
];
