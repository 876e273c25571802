import {
  type Interval,
  type IntervalSet,
  intersection,
  intervalSet,
  NO_INTERVALS,
  union,
} from '../../base/interval-set.ts';
import type { StripeInfo } from '../../erasure-code/stripe.ts';

/** Ranges of shards, by their numbers; shards without any are left out. */
export type ShardExtents = ReadonlyMap<number, IntervalSet>;

/** Shards are read and written by pages. @ceph src/osd/ECUtil.h EC_ALIGN_SIZE */
const PAGE_BYTES = 4096;

export function nextPage(off: number): number {
  return Math.ceil(off / PAGE_BYTES) * PAGE_BYTES;
}

/** The pages that a set lies in. */
export function pagesOf(set: IntervalSet): IntervalSet {
  let pages = NO_INTERVALS;
  for (const { off, len } of set) {
    const first = Math.floor(off / PAGE_BYTES) * PAGE_BYTES;
    pages = union(pages, intervalSet(first, nextPage(off + len) - first));
  }
  return pages;
}

/** What each data shard has of a range of the object. @ceph src/osd/ECUtil.cc stripe_info_t::ro_range_to_shards — exact */
export function dataExtents(info: StripeInfo, { off, len }: Interval): Map<number, IntervalSet> {
  const { codec } = info;
  const extents = new Map<number, IntervalSet>();
  for (const [chunk, shard] of codec.shardOf.slice(0, codec.k).entries()) {
    const from = bytesBefore(info, chunk, off);
    const extent = intervalSet(from, bytesBefore(info, chunk, off + len) - from);
    if (extent.length > 0) extents.set(shard, extent);
  }
  return extents;
}

/** How much of a data shard lies before a place of the object. */
function bytesBefore({ stripe_width_bytes: width, chunk_bytes }: StripeInfo, chunk: number, off: number): number {
  const within = Math.min(Math.max((off % width) - chunk * chunk_bytes, 0), chunk_bytes);
  return Math.floor(off / width) * chunk_bytes + within;
}

/** What shards of an object of that size have, coding shards too. @ceph src/osd/ECUtil.cc ro_size_to_read_mask — exact */
export function extentsOfSize(info: StripeInfo, bytes: number): ShardExtents {
  const extents = dataExtents(info, { off: 0, len: nextPage(bytes) });
  const all = superset(extents);
  if (all.length > 0) for (const shard of info.codec.shardOf.slice(info.codec.k)) extents.set(shard, all);
  return extents;
}

/** Ranges that any of the shards has. */
export function superset(extents: ShardExtents): IntervalSet {
  let all = NO_INTERVALS;
  for (const set of extents.values()) all = union(all, set);
  return all;
}

export function addExtents(to: Map<number, IntervalSet>, from: ShardExtents): void {
  for (const [shard, set] of from) to.set(shard, union(to.get(shard) ?? NO_INTERVALS, set));
}

/** What both have. */
export function common(a: ShardExtents, b: ShardExtents): Map<number, IntervalSet> {
  const found = new Map<number, IntervalSet>();
  for (const [shard, set] of a) {
    const both = intersection(set, b.get(shard) ?? NO_INTERVALS);
    if (both.length > 0) found.set(shard, both);
  }
  return found;
}
