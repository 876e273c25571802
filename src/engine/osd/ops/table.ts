import type { OsdOp, OsdOpName, OsdOpOutput } from '../../codec/osd-op.ts';
import type { OpContext } from '../op-context.ts';
import * as attr from './attr-ops.ts';
import { callMethod } from './call-method.ts';
import { compareExtent } from './compare-extent.ts';
import { copyFrom, noCache } from './copy-from.ts';
import * as data from './data-ops.ts';
import { checkRequest } from './limits.ts';
import * as manifest from './manifest-ops.ts';
import type { FindAtSnap } from './op-plugins.ts';
import * as snap from './snap-ops.ts';
import { tmapUp } from './tmap-op.ts';
import { writeFull } from './write-full.ts';

type Op<Name extends OsdOpName> = Extract<OsdOp, { op: Name }>;
type Output<Name extends OsdOpName> = Name extends keyof OsdOpOutput ? OsdOpOutput[Name] : void;

type OpTable = {
  readonly [Name in OsdOpName]: (context: OpContext, op: Op<Name>, find: FindAtSnap) => Output<Name>;
};

const OPS: OpTable = {
  stat: data.stat,
  read: data.read,
  'sparse-read': data.sparseRead,
  write: data.write,
  'write-full': writeFull,
  append: data.append,
  zero: data.zero,
  truncate: data.truncate,
  create: data.create,
  delete: data.remove,
  'assert-exists': data.assertExists,
  cmpext: compareExtent,
  'set-alloc-hint': data.setAllocHint,
  getxattr: attr.getXattr,
  getxattrs: attr.getXattrs,
  setxattr: attr.setXattr,
  rmxattr: attr.removeXattr,
  'omap-get-header': attr.omapGetHeader,
  'omap-set-header': attr.omapSetHeader,
  'omap-get-keys': attr.omapGetKeys,
  'omap-get-vals': attr.omapGetVals,
  'omap-get-vals-by-keys': attr.omapGetValsByKeys,
  'omap-set': attr.omapSet,
  'omap-rm-keys': attr.omapRemoveKeys,
  'omap-clear': attr.omapClear,
  'tmap-up': tmapUp,
  call: callMethod,
  'list-snaps': snap.listSnaps,
  rollback: snap.rollback,
  watch: snap.watch,
  unwatch: snap.unwatch,
  'list-watchers': snap.listWatchers,
  'cache-flush': noCache,
  'cache-try-flush': noCache,
  'cache-evict': noCache,
  'copy-from': copyFrom,
  'set-redirect': manifest.setRedirect,
  'set-chunk': manifest.setChunk,
  'fill-chunks': manifest.fillChunks,
  'mark-chunks': manifest.markChunks,
  'unset-manifest': manifest.unsetManifest,
  'tier-promote': manifest.tierPromote,
  'tier-flush': manifest.tierFlush,
  'tier-evict': manifest.tierEvict,
};

/** Runs one operation. @ceph src/osd/PrimaryLogPG.cc do_osd_ops */
export function runOp(context: OpContext, op: OsdOp, find: FindAtSnap): unknown {
  if (op === context.request.ops[0]) checkRequest(context);
  // The table's type pairs each name with its operation; TypeScript cannot follow that through a look-up.
  const run = OPS[op.op] as (context: OpContext, op: OsdOp, find: FindAtSnap) => unknown;
  return run(context, op, find);
}
