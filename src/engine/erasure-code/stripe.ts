import { assert, must } from '../base/assert.ts';
import { concatBytes } from '../base/bytes.ts';
import type { ErasureCodec } from './codec.ts';
import { roundUp } from './codec.ts';

/** How an object's bytes lie over its shards: stripes of k chunks, chunk after chunk. */
export interface StripeInfo {
  readonly codec: ErasureCodec;
  /** Bytes of data in a stripe: k chunks. The pool keeps it. */
  readonly stripe_width_bytes: number;
  readonly chunk_bytes: number;
  /** With allow_ec_optimizations shards end with their own data, at a page, and not with the stripe. */
  readonly optimized: boolean;
}

export const DEFAULT_STRIPE_UNIT_BYTES = 4096;

/** What shards of an optimized pool are rounded up to. */
const PAGE_BYTES = 4096;

/** @ceph src/mon/OSDMonitor.cc prepare_pool_stripe_width — k chunks of what that many stripe units make */
export function stripeWidthOf(codec: ErasureCodec, stripe_unit_bytes = DEFAULT_STRIPE_UNIT_BYTES): number {
  return codec.k * codec.chunkSize(stripe_unit_bytes * codec.k);
}

export function stripeInfo(codec: ErasureCodec, stripe_width_bytes: number, optimized = false): StripeInfo {
  assert(stripe_width_bytes > 0 && stripe_width_bytes % codec.k === 0, 'a stripe is k chunks');
  return { codec, stripe_width_bytes, chunk_bytes: stripe_width_bytes / codec.k, optimized };
}

/** The stripes that a range of an object touches: where the first begins, and how long they are together. */
export function stripeBounds(info: StripeInfo, off: number, length: number): { off: number; length: number } {
  const width = info.stripe_width_bytes;
  const first = off - (off % width);
  return { off: first, length: roundUp(off - first + length, width) };
}

/** The shard that holds a byte of the object, and where in it. */
export function shardPlace(info: StripeInfo, off: number): { shard: number; off: number } {
  const { chunk_bytes, stripe_width_bytes, codec } = info;
  const chunk = Math.floor((off % stripe_width_bytes) / chunk_bytes);
  const stripe = Math.floor(off / stripe_width_bytes);
  return { shard: must(codec.shardOf[chunk], 'shard'), off: stripe * chunk_bytes + (off % chunk_bytes) };
}

/** The byte of the object at a place of a data shard. */
export function objectOffset(info: StripeInfo, shard: number, shardOff: number): number {
  const { chunk_bytes, stripe_width_bytes, codec } = info;
  const chunk = codec.shardOf.indexOf(shard);
  assert(chunk >= 0 && chunk < codec.k, 'a data shard');
  return Math.floor(shardOff / chunk_bytes) * stripe_width_bytes + chunk * chunk_bytes + (shardOff % chunk_bytes);
}

/**
 * Bytes that a shard of an object of that size has on disk. Coding shards are as long as the first data shard.
 *
 * @ceph src/osd/ECUtil.h stripe_info_t::object_size_to_shard_size, logical_to_next_chunk_offset
 */
export function shardSize(info: StripeInfo, object_bytes: number, shard: number): number {
  const { chunk_bytes, stripe_width_bytes, codec } = info;
  if (!info.optimized) return roundUp(object_bytes, stripe_width_bytes) / codec.k;
  const found = codec.shardOf.indexOf(shard);
  const chunk = found < codec.k ? found : 0;
  const rest = object_bytes % stripe_width_bytes;
  const tail = Math.min(Math.max(rest - chunk * chunk_bytes, 0), chunk_bytes);
  return roundUp((object_bytes - rest) / codec.k + tail, PAGE_BYTES);
}

/**
 * All shards of an object, or of a range of whole stripes of it; the last stripe is padded with zeros.
 *
 * @ceph src/osd/ECUtil.cc encode, shard_extent_map_t::encode
 */
export function encodeObject(info: StripeInfo, data: Uint8Array): Uint8Array[] {
  const { codec } = info;
  const chunks = spread(info, data);
  const coding = codec.subChunkCount === 1 ? codec.encodeChunks(chunks) : codingByChunk(info, chunks);
  const shards = new Array<Uint8Array>(codec.k + codec.m);
  [...chunks, ...coding].forEach((bytes, chunk) => {
    const shard = must(codec.shardOf[chunk], 'shard');
    shards[shard] = info.optimized ? bytes.subarray(0, shardSize(info, data.length, shard)) : bytes;
  });
  return shards;
}

/** Deals the data out to k data chunks' worth of shards. */
function spread(info: StripeInfo, data: Uint8Array): Uint8Array[] {
  const { chunk_bytes, stripe_width_bytes, codec } = info;
  const size = roundUp(data.length, stripe_width_bytes) / codec.k;
  const shards = Array.from({ length: codec.k }, () => new Uint8Array(size));
  for (let off = 0; off < data.length; off += chunk_bytes) {
    const chunk = Math.floor((off % stripe_width_bytes) / chunk_bytes);
    const at = Math.floor(off / stripe_width_bytes) * chunk_bytes;
    must(shards[chunk], 'shard').set(data.subarray(off, off + chunk_bytes), at);
  }
  return shards;
}

/** Codes with sub-chunks mix the bytes of a chunk, and so go chunk by chunk. */
function codingByChunk({ codec, chunk_bytes }: StripeInfo, chunks: readonly Uint8Array[]): Uint8Array[] {
  const size = must(chunks[0], 'data chunk').length;
  const pieces: Uint8Array[][] = [];
  for (let at = 0; at < size; at += chunk_bytes)
    pieces.push(codec.encodeChunks(chunks.map((bytes) => bytes.subarray(at, at + chunk_bytes))));
  return Array.from({ length: codec.m }, (_, i) => concatBytes(pieces.map((piece) => must(piece[i], 'coding chunk'))));
}

/**
 * Wanted shards out of others, for all or some whole stripes; shorter shards of an optimized pool count as ending in zeros.
 * EIO where the given ones do not suffice.
 */
export function rebuildShards(
  info: StripeInfo,
  want: readonly number[],
  have: ReadonlyMap<number, Uint8Array>,
): Map<number, Uint8Array> {
  const { codec, chunk_bytes } = info;
  const size = roundUp(Math.max(0, ...[...have.values()].map((bytes) => bytes.length)), chunk_bytes);
  const whole = new Map([...have].map(([shard, bytes]) => [shard, padded(bytes, size)]));
  if (codec.subChunkCount === 1) return codec.decode(want, whole);
  const pieces: Map<number, Uint8Array>[] = [];
  for (let at = 0; at < size; at += chunk_bytes)
    pieces.push(codec.decode(want, new Map([...whole].map(([s, bytes]) => [s, bytes.subarray(at, at + chunk_bytes)]))));
  return new Map(want.map((shard) => [shard, concatBytes(pieces.map((piece) => must(piece.get(shard), 'shard')))]));
}

function padded(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length === size) return bytes;
  const out = new Uint8Array(size);
  out.set(bytes);
  return out;
}

/** The object's bytes from any shards that suffice. */
export function decodeObject(
  info: StripeInfo,
  have: ReadonlyMap<number, Uint8Array>,
  object_bytes: number,
): Uint8Array {
  const { codec, chunk_bytes, stripe_width_bytes } = info;
  const out = new Uint8Array(object_bytes);
  if (object_bytes === 0) return out;
  const data = rebuildShards(info, codec.shardOf.slice(0, codec.k), have);
  for (let off = 0; off < object_bytes; off += chunk_bytes) {
    const chunk = Math.floor((off % stripe_width_bytes) / chunk_bytes);
    const at = Math.floor(off / stripe_width_bytes) * chunk_bytes;
    const bytes = must(data.get(must(codec.shardOf[chunk], 'shard')), 'data shard');
    out.set(bytes.subarray(at, at + Math.min(chunk_bytes, object_bytes - off)), off);
  }
  return out;
}
