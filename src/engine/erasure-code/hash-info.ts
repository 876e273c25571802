import { assert } from '../base/assert.ts';
import { crc32c } from '../codec/crc32c.ts';
import { Decoder, encode } from '../codec/denc.ts';

/**
 * CRC-32C of every shard so far, the same on all of them: the xattr `hinfo_key` of each shard in pools that only append.
 * Pools with allow_ec_overwrites or allow_ec_optimizations have none.
 */
export interface HashInfo {
  readonly total_chunk_bytes: number;
  /** By shard; each begins at 0xffffffff. */
  readonly hashes: readonly number[];
}

export function emptyHashInfo(shards: number): HashInfo {
  return { total_chunk_bytes: 0, hashes: new Array<number>(shards).fill(0xffffffff) };
}

/** @ceph src/osd/ECUtil.cc HashInfo::append — all shards grow by the same length */
export function appendHashes(info: HashInfo, shards: readonly Uint8Array[]): HashInfo {
  const length = shards[0]?.length ?? 0;
  assert(
    shards.length === info.hashes.length && shards.every((bytes) => bytes.length === length),
    'all shards grow alike',
  );
  return {
    total_chunk_bytes: info.total_chunk_bytes + length,
    hashes: info.hashes.map((hash, shard) => crc32c(hash, shards[shard] ?? new Uint8Array(0))),
  };
}

/** @ceph src/osd/ECUtil.cc HashInfo::encode — exact */
export function encodeHashInfo(info: HashInfo): Uint8Array {
  return encode((encoder) =>
    encoder.struct(1, 1, (e) => e.u64(info.total_chunk_bytes).list(info.hashes, (item, hash) => item.u32(hash))),
  );
}

export function decodeHashInfo(bytes: Uint8Array): HashInfo {
  return new Decoder(bytes).struct(1, (d) => {
    const total_chunk_bytes = d.field('total_chunk_size', (f) => f.u64());
    return { total_chunk_bytes, hashes: d.field('cumulative_shard_hashes', (f) => f.list((item) => item.u32())) };
  });
}
