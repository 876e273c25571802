import { must } from '../../base/assert.ts';
import { bytesData, bytesOfData, type Data, NO_DATA, type StripeCode, type Stripes } from '../../base/data.ts';
import { decodeObject, rebuildShards, shardSize } from '../../erasure-code/stripe.ts';
import { type Onode, objectSize } from '../../os/onode.ts';
import { canHave } from './recoverable.ts';
import { sameStripes } from './same-stripes.ts';
import { infoOf, shardData, writtenAs } from './shard-data.ts';

/** Shards of one object in one version, by number. */
export type Shards = ReadonlyMap<number, Onode>;

/** An object put together from shards. */
export interface Gathered {
  readonly data: Data;
  /** The shards that were read. */
  readonly read: readonly number[];
  /** Data shards that had to be worked out from others. */
  readonly decoded: readonly number[];
  /** In an optimized pool: the bytes that were read of each shard, for what was asked for alone. */
  readonly planned?: ReadonlyMap<number, number>;
}

/**
 * The content of an object from its shards: the data shards where all of them are there, else whichever suffice. EIO where
 * they do not. Shards that are as they were written give back what was written, without a byte being worked out.
 *
 * @ceph src/osd/ECCommon.cc ReadPipeline::get_min_avail_to_read_shards — exact
 */
export function gatherObject(code: StripeCode, shards: Shards, isChecked: boolean): Gathered {
  const info = infoOf(code);
  const { codec } = info;
  const wanted = codec.shardOf.slice(0, codec.k);
  const sound = isChecked ? soundShards(code, wanted, shards) : shards;
  const read = [...codec.minimumToDecode(new Set(wanted), new Set(sound.keys())).keys()];
  const decoded = wanted.filter((shard) => !sound.has(shard));
  const size_bytes = objectSize(must(sound.get(read[0] ?? -1), 'a shard'));
  if (size_bytes === 0) return { data: NO_DATA, read, decoded };
  const whole = commonStripes(sound, read);
  if (whole !== null) return { data: whole.data, read, decoded };
  return { data: bytesData(decodeObject(info, bytesOf(sound, read), size_bytes)), read, decoded };
}

/**
 * A lost shard's data from the other ones. Where those are as they were written, so is it.
 * @ceph src/osd/ECBackend.cc RecoveryBackend::continue_recovery_op — the same shards are read
 */
export function rebuildShard(
  code: StripeCode,
  lost: number,
  shards: Shards,
  isChecked: boolean,
): { readonly data: Data; readonly read: readonly number[] } {
  const info = infoOf(code);
  const sound = isChecked ? soundShards(code, [lost], shards) : shards;
  const read = [...info.codec.minimumToDecode(new Set([lost]), new Set(sound.keys())).keys()];
  const same = sound.get(lost);
  if (same !== undefined) return { data: same.data, read };
  const whole = commonStripes(sound, read);
  if (whole !== null) return { data: shardData(whole, lost), read };
  const bytes = must(rebuildShards(info, [lost], bytesOf(sound, read)).get(lost), 'shard');
  const size_bytes = objectSize(must(sound.get(read[0] ?? -1), 'a shard'));
  return { data: bytesData(bytes.subarray(0, shardSize(info, size_bytes, lost))), read };
}

/** What these shards are all pieces of; null where that is not one and the same. */
function commonStripes(shards: Shards, read: readonly number[]): Stripes | null {
  let whole: Stripes | null = null;
  for (const shard of read) {
    const stripes = stripesOf(must(shards.get(shard), 'shard'), shard);
    if (stripes === null || (whole !== null && !sameStripes(whole, stripes))) return null;
    whole ??= stripes;
  }
  return whole;
}

/** What a shard is a piece of, if nobody changed it since it was written. */
function stripesOf({ data, written }: Onode, shard: number): Stripes | null {
  if (data.length > 0 || written === undefined) return writtenAs(data, shard);
  return shardData(written, shard).length === 0 ? written : null;
}

function bytesOf(shards: Shards, read: readonly number[]): Map<number, Uint8Array> {
  return new Map(read.map((shard) => [shard, bytesOfData(must(shards.get(shard), 'shard').data)]));
}

/**
 * Shards whose checksum is right, where those suffice: pools that only append keep one for each shard.
 * @ceph src/osd/ECBackend.cc handle_sub_read — exact: a shard with a wrong hinfo_key answers EIO, and others are read
 */
function soundShards(code: StripeCode, wanted: readonly number[], shards: Shards): Shards {
  const sound = new Map([...shards].filter(([shard, onode]) => hasHash(onode) && isSound(onode, shard)));
  return sound.size < shards.size && canHave(code, wanted, sound.keys()) ? sound : shards;
}

function hasHash({ damage }: Onode): boolean {
  return damage === undefined || !damage.lacks.includes('hinfo_key');
}

/** True where a shard is what was written. */
export function isSound(onode: Onode, shard: number): boolean {
  if (stripesOf(onode, shard) !== null || onode.written === undefined) return true;
  const [is, was] = [bytesOfData(onode.data), bytesOfData(shardData(onode.written, shard))];
  return is.length === was.length && is.every((byte, at) => byte === was[at]);
}
