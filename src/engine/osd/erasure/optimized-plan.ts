import { coverage, type Interval, type IntervalSet, NO_INTERVALS, subtract, union } from '../../base/interval-set.ts';
import type { StripeInfo } from '../../erasure-code/stripe.ts';
import {
  addExtents,
  common,
  dataExtents,
  extentsOfSize,
  nextPage,
  pagesOf,
  type ShardExtents,
  superset,
} from './shard-extents.ts';

/** A change of an object's content, in a pool with allow_ec_optimizations. */
export interface ShardChange {
  readonly changed: IntervalSet;
  readonly oldBytes: number;
  readonly newBytes: number;
  /** What was there is given up first. */
  readonly isReplaced: boolean;
  /** All shards hear of it, though their content stays. */
  readonly reachesAll: boolean;
}

/** What shards read before a write, and what they write. */
export interface OptimizedPlan {
  readonly reads: ShardExtents;
  readonly writes: ShardExtents;
  /** Shards that are sent anything at all. */
  readonly reached: ReadonlySet<number>;
  /** The coding shards are changed by what differs, and not made anew. */
  readonly isParityDelta: boolean;
}

/**
 * Pages of the shards that a write touches, and those of the coding shards; what these are worked out from is read before,
 * from the other data shards, or, where that is less, from the shards that are written.
 *
 * @param readable shards that are there
 * @ceph src/osd/ECTransaction.cc WritePlanObj, Generate — exact for objects that no cache holds, and but for the first write
 *   of an interval, which reaches all shards
 */
export function planOptimized(info: StripeInfo, change: ShardChange, readable: ReadonlySet<number>): OptimizedPlan {
  const { codec } = info;
  const written = change.changed.flatMap((range) => clipped(range, change.newBytes));
  const writes = writtenExtents(info, written);
  const wanted = change.isReplaced ? new Map() : readsBefore(info, written, writes, change.oldBytes);
  const isParityDelta = change.oldBytes === change.newBytes && prefersDelta(codec.k, wanted, writes, readable);
  const reads = isParityDelta ? new Map(writes) : wanted;
  if (change.newBytes < change.oldBytes && !change.isReplaced) planTruncate(info, change.newBytes, reads, writes);
  const isAll = change.reachesAll || change.isReplaced || change.oldBytes !== change.newBytes;
  const leading = [codec.shardOf[0] ?? 0, ...codec.shardOf.slice(codec.k)];
  return {
    reads: readFrom(info, reads, readable),
    writes,
    reached: new Set(isAll ? codec.shardOf : [...leading, ...writes.keys()]),
    isParityDelta,
  };
}

function clipped({ off, len }: Interval, end: number): Interval[] {
  const length = Math.min(off + len, end) - off;
  return length > 0 ? [{ off, len: length }] : [];
}

function writtenExtents(info: StripeInfo, written: IntervalSet): Map<number, IntervalSet> {
  const touched = new Map<number, IntervalSet>();
  for (const range of written) addExtents(touched, dataExtents(info, range));
  const pages = pagesOf(superset(touched));
  const writes = new Map([...touched].map(([shard, set]) => [shard, pagesOf(set)]));
  if (pages.length > 0) for (const shard of info.codec.shardOf.slice(info.codec.k)) writes.set(shard, pages);
  return writes;
}

/** The rest of the stripes, as far as it is there, and pages that are written in part. */
function readsBefore(
  info: StripeInfo,
  written: IntervalSet,
  writes: ShardExtents,
  oldBytes: number,
): Map<number, IntervalSet> {
  const { codec } = info;
  const pages = superset(writes);
  const reads = new Map<number, IntervalSet>();
  for (const shard of codec.shardOf.slice(0, codec.k))
    reads.set(shard, subtract(pages, writes.get(shard) ?? NO_INTERVALS));
  for (const range of pagesOf(subtract(pagesOf(written), written))) addExtents(reads, dataExtents(info, range));
  return common(reads, extentsOfSize(info, oldBytes));
}

function prefersDelta(k: number, wanted: ShardExtents, writes: ShardExtents, readable: ReadonlySet<number>): boolean {
  if (wanted.size === 0 || writes.size >= k) return false;
  if (![...writes.keys()].every((shard) => readable.has(shard))) return false;
  return writes.size < wanted.size || ![...wanted.keys()].every((shard) => readable.has(shard));
}

/** What is left of the last stripe is read, and the coding shards are made anew for it. */
function planTruncate(
  info: StripeInfo,
  newBytes: number,
  reads: Map<number, IntervalSet>,
  writes: Map<number, IntervalSet>,
): void {
  const first = newBytes - (newBytes % info.stripe_width_bytes);
  const left = dataExtents(info, { off: first, len: nextPage(newBytes) - first });
  const kept = common(reads, dataExtents(info, { off: 0, len: newBytes }));
  reads.clear();
  addExtents(reads, kept);
  addExtents(reads, left);
  const pages = pagesOf(left.get(info.codec.shardOf[0] ?? 0) ?? NO_INTERVALS);
  if (pages.length > 0)
    for (const shard of info.codec.shardOf.slice(info.codec.k))
      writes.set(shard, union(writes.get(shard) ?? NO_INTERVALS, pages));
}

/**
 * What is read of each shard: pages of those that are wanted; in place of one that is not there, the same pages of as many
 * others as it takes.
 * @ceph src/osd/ECCommon.cc ReadPipeline::get_min_avail_to_read_shards — exact
 */
export function readFrom(info: StripeInfo, wanted: ShardExtents, readable: ReadonlySet<number>): ShardExtents {
  const pages = new Map([...wanted].map(([shard, set]) => [shard, pagesOf(set)]));
  const missing = [...wanted.keys()].filter((shard) => !readable.has(shard));
  if (missing.length === 0) return pages;
  const all = pagesOf(superset(wanted));
  const from = info.codec.minimumToDecode(new Set(wanted.keys()), readable);
  return new Map([...from.keys()].map((shard) => [shard, all]));
}

/** Bytes by shard. */
export function bytesByShard(extents: ShardExtents): Map<number, number> {
  return new Map([...extents].map(([shard, set]) => [shard, coverage(set)]));
}
