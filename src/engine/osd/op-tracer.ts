import type { EngineContext } from '../base/context.ts';
import type { OsdOp } from '../codec/osd-op.ts';
import type { HObject } from '../os/hobject.ts';
import type { Onode } from '../os/onode.ts';
import type { Copy } from './copy-of.ts';
import type { WritePlan } from './erasure/ec-cost.ts';
import type { Gathered } from './erasure/gather.ts';
import type { OpContext } from './op-context.ts';
import type { PgView } from './primary-log-pg.ts';
import type { CacheStep } from './tier/store-change.ts';

/** What a write came to. */
export interface Written {
  readonly clone: Onode | null;
  readonly head: Onode | null;
  readonly bytes: number;
  /** In an erasure pool, where content changed: its stripes, and the shards that were read for them. */
  readonly plan: WritePlan | null;
  readonly read: readonly number[];
  readonly version: string;
}

/** Tells what OSDs do to those who listen: the only place where events of operations are made. */
export interface OpTracer {
  /** Runs a request's operations, noting what each of them moved. */
  run(context: OpContext, runOne: (op: OsdOp) => unknown): readonly unknown[];
  read(engine: EngineContext, pg: PgView, context: OpContext, gathered: Gathered | null): void;
  wrote(engine: EngineContext, pg: PgView, context: OpContext, written: Written): void;
  /** The operation after those that ran failed; the client had sent so many bytes of content. */
  refused(engine: EngineContext, pg: PgView, context: OpContext, error: unknown, sentBytes: number): void;
  listed(engine: EngineContext, pg: PgView, client: number): void;
  recovered(engine: EngineContext, pg: PgView, id: number, copy: Copy): void;
  /** An object of a cache was promoted, marked clean, or dropped; so many bytes were written for it on each OSD. */
  tiered(engine: EngineContext, pg: PgView, hoid: HObject, step: CacheStep, bytes: number, version: string): void;
  /** A head and its clones lost snapshots; `gone` are clones that serve none any more. */
  trimmed(engine: EngineContext, pg: PgView, head: Onode, gone: readonly number[], version: string): void;
}

let loaded: OpTracer | null = null;

/** Gives OSDs their tracer, which comes with the plugins: before the first request there is nothing to tell. */
export function loadTracer(tracer: OpTracer): void {
  loaded = tracer;
}

/** Null where nobody listens: then nothing is made. */
export function tracerOf(engine: EngineContext): OpTracer | null {
  return engine.isTraced() ? loaded : null;
}
