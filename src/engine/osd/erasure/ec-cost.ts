import type { EngineContext } from '../../base/context.ts';
import type { StripeCode } from '../../base/data.ts';
import type { Interval, IntervalSet } from '../../base/interval-set.ts';
import { roundUp } from '../../erasure-code/codec.ts';
import type { PgView } from '../primary-log-pg.ts';
import type { Gathered } from './gather.ts';
import { infoOf } from './shard-data.ts';

/** What a write to an erasure pool reads first and writes, in bytes of objects: whole stripes, or of optimized pools pages. */
export interface WritePlan {
  readonly readBytes: number;
  readonly writeBytes: number;
  /** Of a pool with allow_ec_optimizations: what each shard reads and writes. */
  readonly shards?: ShardBytes;
}

/** Bytes by shard. One that is not there does nothing; one that writes 0 bytes has new attributes alone. */
export interface ShardBytes {
  readonly reads: ReadonlyMap<number, number>;
  readonly writes: ReadonlyMap<number, number>;
}

/**
 * Whole stripes are written; where a write begins or ends within one that is there already, that one is read before.
 *
 * @ceph src/osd/ECTransactionL.h get_write_plan — exact for one range
 */
export function planWrite(code: StripeCode, changed: IntervalSet, oldBytes: number, newBytes: number): WritePlan {
  const width = code.stripe_width_bytes;
  const plan = { readBytes: 0, writeBytes: 0 };
  for (const { off, len } of changed) {
    const end = Math.min(off + len, newBytes);
    const [first, last] = [off - (off % width), roundUp(end, width)];
    if (end <= off) continue;
    plan.writeBytes += last - first;
    const keepsHead = off > first && oldBytes > first;
    const keepsTail = end < last && Math.min(oldBytes, newBytes) > end;
    const sameStripe = last - first === width;
    plan.readBytes += width * (sameStripe ? Number(keepsHead || keepsTail) : Number(keepsHead) + Number(keepsTail));
  }
  return plan;
}

/** The stripes that a range of an object lies in. */
export function stripesOfRange(code: StripeCode, { off, len }: Interval): number {
  const width = code.stripe_width_bytes;
  return len === 0 ? 0 : roundUp(off + len, width) - (off - (off % width));
}

/** What each shard has of so many bytes of whole stripes. */
export function shardBytes(code: StripeCode, bytes: number): number {
  return bytes / infoOf(code).codec.k;
}

/** Counts what shards read of so many bytes of whole stripes, and send to the primary, which has its own at hand. */
export function countShardReads(
  { cost }: EngineContext,
  code: StripeCode,
  bytes: number,
  shards: Gathered['read'],
  { acting }: PgView,
): void {
  const each = shardBytes(code, bytes);
  cost.diskReads += shards.length;
  cost.readBytes += each * shards.length;
  cost.networkBytes += each * shards.filter((shard) => shard !== acting[0]?.shard).length;
}

/** Counts what shards write of so many bytes of whole stripes, as the primary sends it to them. */
export function countShardWrites({ cost }: EngineContext, code: StripeCode, bytes: number, pg: PgView): void {
  const each = shardBytes(code, bytes);
  const shards = pg.acting.length + pg.backfill.length;
  cost.diskWrites += shards;
  cost.writeBytes += each * shards;
  cost.networkBytes += each * (shards - 1);
  cost.replicaWrites += shards - 1;
}

/** Counts what each shard of an optimized pool reads, and sends to the primary. */
export function countPlannedReads({ cost }: EngineContext, reads: ShardBytes['reads'], { acting }: PgView): void {
  for (const [shard, bytes] of reads) {
    cost.diskReads++;
    cost.readBytes += bytes;
    if (shard !== acting[0]?.shard) cost.networkBytes += bytes;
  }
}

/** Counts what each of those shards writes, as the primary sends it to them. */
export function countPlannedWrites({ cost }: EngineContext, writes: ShardBytes['writes'], pg: PgView): void {
  for (const [at, { shard }] of [...pg.acting, ...pg.backfill].entries()) {
    const bytes = writes.get(shard);
    if (bytes === undefined) continue;
    cost.diskWrites++;
    cost.writeBytes += bytes;
    if (at === 0) continue;
    cost.networkBytes += bytes;
    cost.replicaWrites++;
  }
}
