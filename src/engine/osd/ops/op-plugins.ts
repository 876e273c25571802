import { must } from '../../base/assert.ts';
import type { EngineContext } from '../../base/context.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import type { OpContext } from '../op-context.ts';

/** Parts of an OSD that only requests of clients need. */
export interface OpPlugins {
  /** Runs a method of an object class. */
  readonly call: (context: OpContext, op: OsdOp & { readonly op: 'call' }) => unknown;
  /** Changes a trivial map. */
  readonly tmapUp: (context: OpContext, op: OsdOp & { readonly op: 'tmap-up' }) => void;
  /** Counts what a request read and wrote, once it has succeeded. */
  readonly count: (engine: EngineContext, pgid: string, context: OpContext, outputs: readonly unknown[]) => void;
}

let loaded: OpPlugins | undefined;

/** Loads them. A page that only shows a cluster needs none. */
export function loadOpPlugins(plugins: OpPlugins): void {
  loaded = plugins;
}

export function callMethod(context: OpContext, op: OsdOp & { readonly op: 'call' }): unknown {
  return must(loaded, 'object classes').call(context, op);
}

export function tmapUp(context: OpContext, op: OsdOp & { readonly op: 'tmap-up' }): void {
  must(loaded, 'old operations').tmapUp(context, op);
}

/** The first requests of a fresh cluster, before anything is loaded, are not counted. */
export function countRequest(...request: Parameters<OpPlugins['count']>): void {
  loaded?.count(...request);
}
