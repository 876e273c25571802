import type { CommandRecord } from '../command.ts';
import { children } from './commands/children.ts';
import { clone } from './commands/clone.ts';
import { create } from './commands/create.ts';
import { diff } from './commands/diff.ts';
import { du } from './commands/disk-usage.ts';
import { flatten } from './commands/flatten.ts';
import { info } from './commands/info.ts';
import { list } from './commands/list.ts';
import { poolInit } from './commands/pool-init.ts';
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
import { status } from './commands/status.ts';

/** Every command of `rbd` that is there. */
export const rbdCommands: readonly CommandRecord[] = [
  children,
  clone,
  create,
  diff,
  du,
  flatten,
  info,
  list,
  poolInit,
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
  status,
];
