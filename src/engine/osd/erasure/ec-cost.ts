import type { EngineContext } from '../../base/context.ts';
import type { StripeCode } from '../../base/data.ts';
import type { Interval, IntervalSet } from '../../base/interval-set.ts';
import { roundUp } from '../../erasure-code/codec.ts';
import type { PgView } from '../primary-log-pg.ts';
import type { Gathered } from './gather.ts';
import { infoOf } from './shard-data.ts';

/** What a write to an erasure pool reads first and writes, in bytes of objects: whole stripes. */
export interface WritePlan {
  readonly readBytes: number;
  readonly writeBytes: number;
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
