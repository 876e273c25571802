import { coverage, type Interval } from '../../base/interval-set.ts';
import { hobjectKey } from '../../os/hobject.ts';
import type { Onode } from '../../os/onode.ts';
import type { OpContext } from '../op-context.ts';
import type { PgView } from '../primary-log-pg.ts';
import { shardsIn } from './ec-backend.ts';
import type { ShardBytes, WritePlan } from './ec-cost.ts';
import { bytesByShard, type OptimizedPlan, planOptimized, readFrom, type ShardChange } from './optimized-plan.ts';
import { infoOf } from './shard-data.ts';
import { dataExtents, type ShardExtents } from './shard-extents.ts';

/** What a pool with allow_ec_optimizations reads and writes, shard by shard. */
export interface ShardPlanner {
  /** Of a change that was made; `clone` came about with it. Null where the object is gone. */
  write(pg: PgView, context: OpContext, clone: Onode | null, head: Onode | null): WritePlan | null;
  /** Of a range that is read: what of each shard, and the shards that had to be worked out. */
  read(pg: PgView, context: OpContext, range: Interval): ReadPlan;
}

export interface ReadPlan {
  readonly reads: ShardBytes['reads'];
  readonly decoded: readonly number[];
}

export const shardPlanner: ShardPlanner = { write: planWrite, read: planRead };

function planWrite(pg: PgView, context: OpContext, clone: Onode | null, head: Onode | null): WritePlan | null {
  if (pg.code === null || head === null || head.info.whiteout) return null;
  const info = infoOf(pg.code);
  const readable = new Set(shardsIn(pg.acting, pg, context.key, head).keys());
  const plan = planOptimized(info, changeOf(context, clone, head), readable);
  const data = info.codec.shardOf.slice(0, info.codec.k);
  return {
    readBytes: sumOf(plan.reads),
    writeBytes: sumOf(plan.writes, data),
    shards: { reads: bytesByShard(plan.reads), writes: reachedBytes(plan) },
  };
}

function changeOf({ before, modifiedRanges, request }: OpContext, clone: Onode | null, head: Onode): ShardChange {
  const has = (name: string): boolean => request.ops.some(({ op }) => op === name);
  const isNew = before === null || before.info.whiteout;
  return {
    changed: head.data === before?.data ? [] : modifiedRanges,
    oldBytes: before?.data.length ?? 0,
    newBytes: head.data.length,
    isReplaced: isNew || has('write-full'),
    reachesAll: clone !== null || has('set-alloc-hint'),
  };
}

function reachedBytes({ writes, reached }: OptimizedPlan): Map<number, number> {
  const bytes = bytesByShard(writes);
  return new Map([...reached].map((shard) => [shard, bytes.get(shard) ?? 0]));
}

function sumOf(extents: ShardExtents, shards: readonly number[] = [...extents.keys()]): number {
  return shards.reduce((sum, shard) => sum + coverage(extents.get(shard) ?? []), 0);
}

function planRead(pg: PgView, { target }: OpContext, range: Interval): ReadPlan {
  if (pg.code === null) return { reads: new Map(), decoded: [] };
  const info = infoOf(pg.code);
  const readable = new Set(shardsIn(pg.acting, pg, hobjectKey(target.hoid), target).keys());
  const wanted = dataExtents(info, range);
  const decoded = [...wanted.keys()].filter((shard) => !readable.has(shard));
  return { reads: bytesByShard(readFrom(info, wanted, readable)), decoded };
}
