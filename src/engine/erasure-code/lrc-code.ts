import { must } from '../base/assert.ts';
import { CephError } from '../base/errno.ts';
import type { ChunkCode } from './chunk-code.ts';
import { type SubChunks, wholeShards } from './codec.ts';

/** A layer: a code over some of the positions, its data positions first. */
export interface LrcLayer {
  readonly positions: readonly number[];
  readonly code: ChunkCode;
}

/**
 * Layers one after the other, each over positions that earlier ones have filled. `shardOf` gives the position of each chunk.
 *
 * @ceph src/erasure-code/lrc/ErasureCodeLrc.cc encode_chunks, decode_chunks
 */
export function lrcCode(k: number, shardOf: readonly number[], layers: readonly LrcLayer[]): ChunkCode {
  return {
    k,
    m: shardOf.length - k,
    encode(data) {
      const at = new Map(data.map((chunk, i) => [must(shardOf[i], 'position'), chunk]));
      for (const layer of layers) encodeLayer(layer, at, must(data[0], 'data chunk').length);
      const length = must(data[0], 'data chunk').length;
      return shardOf.slice(k).map((position) => at.get(position) ?? new Uint8Array(length));
    },
    rebuild(wanted, given) {
      const at = new Map([...given].map(([chunk, bytes]) => [must(shardOf[chunk], 'position'), bytes]));
      const positions = wanted.map((chunk) => must(shardOf[chunk], 'position'));
      for (const layer of layers.toReversed()) {
        if (positions.every((position) => at.has(position))) break;
        rebuildLayer(layer, at);
      }
      const found = positions.flatMap((position) => at.get(position) ?? []);
      return found.length === positions.length ? found : undefined;
    },
  };
}

function encodeLayer({ positions, code }: LrcLayer, at: Map<number, Uint8Array>, length: number): void {
  const data = positions.slice(0, code.k).map((position) => at.get(position) ?? new Uint8Array(length));
  code.encode(data).forEach((chunk, i) => {
    at.set(must(positions[code.k + i], 'position'), chunk);
  });
}

/** Fills what the layer lacks, if it does not lack too much. */
function rebuildLayer({ positions, code }: LrcLayer, at: Map<number, Uint8Array>): void {
  const numbers = [...positions.keys()];
  const lost = numbers.filter((i) => !at.has(must(positions[i], 'position')));
  if (lost.length === 0 || lost.length > code.m) return;
  const given = new Map(numbers.flatMap((i) => pairOf(i, at.get(must(positions[i], 'position')))));
  const rebuilt = code.rebuild(lost, given);
  lost.forEach((i, n) => {
    const bytes = rebuilt?.[n];
    if (bytes !== undefined) at.set(must(positions[i], 'position'), bytes);
  });
}

function pairOf(i: number, bytes: Uint8Array | undefined): [number, Uint8Array][] {
  return bytes === undefined ? [] : [[i, bytes]];
}

/**
 * Which shards to read: the wanted ones where they are there, else what the lowest layers need, else all there are.
 *
 * @ceph src/erasure-code/lrc/ErasureCodeLrc.cc minimum_to_decode
 */
export function lrcMinimum(
  layers: readonly LrcLayer[],
  chunks: number,
  want: ReadonlySet<number>,
  available: ReadonlySet<number>,
): Map<number, SubChunks> {
  if ([...want].every((shard) => available.has(shard))) return wholeShards(want);
  const local = minimumByLayers(layers, chunks, want, available);
  if (local !== undefined) return wholeShards(local);
  const lost = lostOf(chunks, available);
  for (const { positions, code } of layers.toReversed()) {
    const own = positions.filter((position) => lost.has(position));
    if (own.length <= code.m) for (const position of own) lost.delete(position);
  }
  if (lost.size === 0) return wholeShards(available);
  throw new CephError('EIO', 'not enough chunks to decode');
}

function lostOf(chunks: number, available: ReadonlySet<number>): Set<number> {
  return new Set(Array.from({ length: chunks }, (_, shard) => shard).filter((shard) => !available.has(shard)));
}

function minimumByLayers(
  layers: readonly LrcLayer[],
  chunks: number,
  want: ReadonlySet<number>,
  available: ReadonlySet<number>,
): Set<number> | undefined {
  const lost = lostOf(chunks, available);
  const missing = new Set([...want].filter((shard) => lost.has(shard)));
  const minimum = new Set<number>();
  for (const { positions, code } of layers.toReversed()) {
    const wanted = positions.filter((position) => want.has(position));
    const unread = positions.filter((position) => lost.has(position));
    const needs = wanted.some((position) => missing.has(position));
    if (needs && unread.length > code.m) continue;
    if (!needs) for (const position of wanted) minimum.add(position);
    else for (const position of positions) if (!lost.has(position)) minimum.add(position);
    if (needs) for (const position of unread) for (const set of [lost, missing]) set.delete(position);
  }
  if (missing.size > 0) return undefined;
  for (const shard of want) minimum.add(shard);
  return new Set([...minimum].filter((shard) => available.has(shard)));
}
