import { assert, must } from '../base/assert.ts';
import { CephError } from '../base/errno.ts';
import type { ChunkCode } from './chunk-code.ts';

/** Ranges of sub-chunks to read of one shard: first and count. All but clay have a single sub-chunk. */
export type SubChunks = readonly (readonly [first: number, count: number])[];

/** Encodes and decodes by shard number: the position in a PG's acting set. */
export interface ErasureCodec {
  readonly k: number;
  readonly m: number;
  readonly subChunkCount: number;
  /** The shard of each chunk: data chunks first, then coding chunks. */
  readonly shardOf: readonly number[];
  /** Bytes of each chunk when that much data is encoded in one go. */
  chunkSize(length_bytes: number): number;
  /** All k + m shards, in order, of data that is padded with zeros to k chunks. */
  encode(data: Uint8Array): Uint8Array[];
  /** The m coding chunks of the k data chunks, in chunk order. */
  encodeChunks(data: readonly Uint8Array[]): Uint8Array[];
  /** The wanted shards from those at hand, all of one length; EIO where they do not suffice. */
  decode(want: Iterable<number>, have: ReadonlyMap<number, Uint8Array>): Map<number, Uint8Array>;
  /** Which shards to read, and what of them, to have the wanted ones; EIO where the available ones do not suffice. */
  minimumToDecode(want: ReadonlySet<number>, available: ReadonlySet<number>): Map<number, SubChunks>;
  /**
   * One lost shard from just the sub-chunks that {@link minimumToDecode} asked for, one after the other for each shard.
   * Only codes with sub-chunks have it.
   */
  readonly repair?: (lost: number, given: ReadonlyMap<number, Uint8Array>) => Uint8Array;
}

/** What a plugin gives to make a codec of. */
export interface CodecParts {
  readonly code: ChunkCode;
  readonly chunkSize: (length_bytes: number) => number;
  /** Shard of each chunk; none for their own numbers. */
  readonly mapping?: readonly number[];
  readonly subChunkCount?: number;
  readonly minimum?: ErasureCodec['minimumToDecode'];
  readonly repair?: NonNullable<ErasureCodec['repair']>;
}

/** @ceph src/erasure-code/ErasureCode.cc ErasureCode::encode, decode, minimum_to_decode */
export function codecFrom(parts: CodecParts): ErasureCodec {
  const { k, m } = parts.code;
  const shardOf = parts.mapping ?? Array.from({ length: k + m }, (_, chunk) => chunk);
  const subChunkCount = parts.subChunkCount ?? 1;
  return {
    k,
    m,
    subChunkCount,
    shardOf,
    chunkSize: parts.chunkSize,
    encodeChunks: parts.code.encode,
    encode: (data) => encodeShards(parts, shardOf, data),
    decode: (want, have) => decodeShards(parts.code, shardOf, want, have),
    minimumToDecode: parts.minimum ?? ((want, available) => plainMinimum(k, subChunkCount, want, available)),
    ...(parts.repair && { repair: parts.repair }),
  };
}

function encodeShards(parts: CodecParts, shardOf: readonly number[], data: Uint8Array): Uint8Array[] {
  const { k, m } = parts.code;
  const size = parts.chunkSize(data.length);
  assert(size * k >= data.length, 'chunks hold the data');
  const chunks: Uint8Array[] = [];
  for (let i = 0; i < k; i++) chunks.push(chunkAt(data, i * size, size));
  chunks.push(...parts.code.encode(chunks));
  const shards = new Array<Uint8Array>(k + m);
  chunks.forEach((chunk, i) => {
    shards[must(shardOf[i], 'shard')] = chunk;
  });
  return shards;
}

function chunkAt(data: Uint8Array, from: number, size: number): Uint8Array {
  const chunk = new Uint8Array(size);
  if (from < data.length) chunk.set(data.subarray(from, from + size));
  return chunk;
}

function decodeShards(
  code: ChunkCode,
  shardOf: readonly number[],
  want: Iterable<number>,
  have: ReadonlyMap<number, Uint8Array>,
): Map<number, Uint8Array> {
  const given = new Map<number, Uint8Array>();
  shardOf.forEach((shard, chunk) => {
    const bytes = have.get(shard);
    if (bytes !== undefined) given.set(chunk, bytes);
  });
  const wanted = [...want];
  const lost = wanted.filter((shard) => !have.has(shard)).map((shard) => shardOf.indexOf(shard));
  assert(!lost.includes(-1), 'wanted shards exist');
  const rebuilt = lost.length === 0 ? [] : code.rebuild(lost, given);
  if (rebuilt === undefined) throw new CephError('EIO', 'not enough chunks to decode');
  return new Map(
    wanted.map((shard) => [shard, have.get(shard) ?? must(rebuilt[lost.indexOf(shardOf.indexOf(shard))], 'chunk')]),
  );
}

/** The wanted ones where all are there, the first k otherwise. */
export function plainMinimum(
  k: number,
  subChunkCount: number,
  want: ReadonlySet<number>,
  available: ReadonlySet<number>,
): Map<number, SubChunks> {
  const whole: SubChunks = [[0, subChunkCount]];
  if ([...want].every((shard) => available.has(shard))) return wholeShards(want, whole);
  if (available.size < k) throw new CephError('EIO', 'not enough chunks to decode');
  return wholeShards([...available].sort((a, b) => a - b).slice(0, k), whole);
}

export function wholeShards(shards: Iterable<number>, whole: SubChunks = [[0, 1]]): Map<number, SubChunks> {
  return new Map([...shards].sort((a, b) => a - b).map((shard) => [shard, whole]));
}

export function roundUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}
