import { bytesOfData } from '../../base/data.ts';
import { appendHashes, emptyHashInfo, type HashInfo } from '../../erasure-code/hash-info.ts';
import type { Onode } from '../../os/onode.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { infoOf, shardData } from './shard-data.ts';
import { onlyAppends } from './stripe-code.ts';

/**
 * The checksums of all shards of an object as it was written, which Ceph keeps in the xattr `hinfo_key` of each; worked out
 * now, since mostly nobody looks. Null in pools that have none: replicated ones, and those that overwrite.
 */
export function hashInfoOf(pool: PgPool, { written }: Onode): HashInfo | null {
  if (written === undefined || !onlyAppends(pool) || written.code.optimized) return null;
  const { k, m } = infoOf(written.code).codec;
  const shards = Array.from({ length: k + m }, (_, shard) => bytesOfData(shardData(written, shard)));
  return appendHashes(emptyHashInfo(k + m), shards);
}
