import { assert } from '../../base/assert.ts';
import type { EngineContext } from '../../base/context.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import type { Onode } from '../../os/onode.ts';
import type { OpContext } from '../op-context.ts';
import type { PgView } from '../primary-log-pg.ts';
import { writeFull } from './write-full.ts';

/** A look-up of what serves a snapshot of an object: the head, a clone, or nothing. */
export type FindAtSnap = (context: OpContext, snap: number) => Onode | null;

/** Parts of an OSD that only requests of clients need. */
export interface OpPlugins {
  /** Runs one operation. */
  readonly run: (context: OpContext, op: OsdOp, find: FindAtSnap) => unknown;
  /** Refuses what a full pool has no room for; `clone` is made with it. */
  readonly checkRoom: (context: OpContext, clone: Onode | null) => void;
  /** Counts what a request read and wrote, once it has succeeded. */
  readonly count: (engine: EngineContext, pg: PgView, context: OpContext, outputs: readonly unknown[]) => void;
}

let loaded: OpPlugins | undefined;

/** Loads them. A page that only shows a cluster needs none. */
export function loadOpPlugins(plugins: OpPlugins): void {
  loaded = plugins;
}

/** Runs one operation. Before anything is loaded, a fresh cluster writes whole objects alone. */
export function runOp(context: OpContext, op: OsdOp, find: FindAtSnap): unknown {
  if (loaded !== undefined) return loaded.run(context, op, find);
  assert(op.op === 'write-full', 'operations of OSDs are loaded');
  return writeFull(context, op);
}

/** EDQUOT or ENOSPC for a request that makes a full pool grow. */
export function checkRoom(context: OpContext, clone: Onode | null): void {
  loaded?.checkRoom(context, clone);
}

/** Counts a request. Those of a fresh cluster, before anything is loaded, are not counted. */
export function countRequest(...request: Parameters<OpPlugins['count']>): void {
  loaded?.count(...request);
}
