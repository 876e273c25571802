import { must } from '../../base/assert.ts';
import {
  bytesOfData,
  type Data,
  NO_DATA,
  readShardsWith,
  type ShardSource,
  type StripeCode,
  type Stripes,
} from '../../base/data.ts';
import { codecOf } from '../../erasure-code/profile.ts';
import { encodeObject, type StripeInfo, shardSize, stripeInfo } from '../../erasure-code/stripe.ts';
import { isThere, type Onode } from '../../os/onode.ts';

const infos = new WeakMap<StripeCode, StripeInfo>();

/** How a code lays objects out. */
export function infoOf(code: StripeCode): StripeInfo {
  let info = infos.get(code);
  if (info === undefined) {
    info = stripeInfo(codecOf(code.profile), code.stripe_width_bytes, code.optimized);
    infos.set(code, info);
  }
  return info;
}

/** Of an object's bytes, the part that each shard has. Needs no plugin: what shows a cluster has none loaded. */
export function shardShare({ profile }: StripeCode): number {
  const dataChunks = profile.get('k') ?? profile.get('mapping')?.replaceAll(/[^D]/g, '').length;
  return 1 / Math.max(1, Number(dataChunks ?? 1));
}

/** A shard of an object, as it is written: no byte is made before someone reads it. */
export function shardData(stripes: Stripes, shard: number): Data {
  const length = shardSize(infoOf(stripes.code), stripes.data.length, shard);
  if (length === 0) return NO_DATA;
  return { length, extents: [{ off: 0, len: length, source: { kind: 'shard', stripes, shard }, at: 0 }] };
}

/** True where a shard is there and as long as it should be. */
export function isReadableShard(onode: Onode, shard: number): boolean {
  if (onode.damage === undefined || onode.written === undefined) return true;
  return isThere(onode) && onode.data.length === shardData(onode.written, shard).length;
}

/** The object of which this is a whole shard, as it was written; null where the data is anything else. */
export function writtenAs({ length, extents }: Data, shard: number): Stripes | null {
  const [extent] = extents;
  if (extent === undefined || extents.length > 1 || extent.source.kind !== 'shard') return null;
  const { source, off, len, at } = extent;
  const whole = shardSize(infoOf(source.stripes.code), source.stripes.data.length, source.shard);
  return off === 0 && at === 0 && len === length && length === whole && source.shard === shard ? source.stripes : null;
}

/** Fills `out` with a shard's bytes from `at`: data shards are dealt out, coding shards worked out. */
function readShard({ stripes, shard }: ShardSource, at: number, out: Uint8Array): void {
  const info = infoOf(stripes.code);
  const chunk = info.codec.shardOf.indexOf(shard);
  if (chunk < info.codec.k) readChunks(info, stripes.data, chunk, at, out);
  else encodeChunks(info, stripes.data, shard, at, out);
}

function readChunks(info: StripeInfo, data: Data, chunk: number, at: number, out: Uint8Array): void {
  const { chunk_bytes, stripe_width_bytes } = info;
  for (let done = 0; done < out.length; ) {
    const [stripe, within] = [Math.floor((at + done) / chunk_bytes), (at + done) % chunk_bytes];
    const length = Math.min(chunk_bytes - within, out.length - done);
    out.set(bytesOfData(data, stripe * stripe_width_bytes + chunk * chunk_bytes + within, length), done);
    done += length;
  }
}

/** Stripes that are worked out at a time. */
const MOST_BYTES = 1024 * 1024;

function encodeChunks(info: StripeInfo, data: Data, shard: number, at: number, out: Uint8Array): void {
  const { chunk_bytes, stripe_width_bytes } = info;
  const most = Math.max(1, Math.floor(MOST_BYTES / stripe_width_bytes));
  for (let done = 0; done < out.length; ) {
    const first = Math.floor((at + done) / chunk_bytes);
    const count = Math.min(most, Math.ceil((at + out.length) / chunk_bytes) - first);
    const plain = { ...info, optimized: false };
    const stripes = bytesOfData(data, first * stripe_width_bytes, count * stripe_width_bytes);
    const bytes = must(encodeObject(plain, stripes)[shard], 'shard');
    const part = bytes.subarray(at + done - first * chunk_bytes).subarray(0, out.length - done);
    out.set(part, done);
    done += part.length;
  }
}

readShardsWith(readShard);
