import { assert, must } from '../base/assert.ts';
import { type ChunkCode, DecodingCache, firstGiven } from './chunk-code.ts';
import { BIT_FIELD } from './galois.ts';
import { combinations, type Matrix, matrixOf, type Row } from './matrix.ts';
import { wordsOf } from './region.ts';

/**
 * A code of bits: each chunk is a row of blocks of w packets, and a packet of a coding chunk is the XOR of the packets of
 * data chunks that its row of the bit matrix names.
 *
 * @ceph src/erasure-code/jerasure/jerasure/src/jerasure.c jerasure_schedule_encode — the same bytes, without its schedule
 */
export function bitCode(k: number, coding: Matrix, w: number, packet_bytes: number): ChunkCode {
  const m = coding.length / w;
  const identity = matrixOf(k * w, k * w, (row, column) => (row === column ? 1 : 0));
  const rowsOf = (chunk: number): Matrix =>
    chunk < k ? identity.slice(chunk * w, (chunk + 1) * w) : coding.slice((chunk - k) * w, (chunk - k + 1) * w);
  const shape = { w, packet_bytes };
  const cache = new DecodingCache<Matrix>();
  return {
    k,
    m,
    encode: (data) => xorsOf(coding, data, shape),
    rebuild(wanted, given) {
      const sources = firstGiven(k, given);
      const rows = cache.get(sources, wanted, () =>
        combinations(BIT_FIELD, sources.flatMap(rowsOf), wanted.flatMap(rowsOf)),
      );
      if (rows === undefined) return undefined;
      return xorsOf(
        rows,
        sources.map((source) => must(given.get(source), 'source chunk')),
        shape,
      );
    },
  };
}

interface Shape {
  readonly w: number;
  readonly packet_bytes: number;
}

function xorsOf(rows: Matrix, sources: readonly Uint8Array[], shape: Shape): Uint8Array[] {
  const length_bytes = sources[0]?.length ?? 0;
  const block_bytes = shape.w * shape.packet_bytes;
  assert(length_bytes % block_bytes === 0, () => `chunks of ${length_bytes} bytes are no blocks of ${block_bytes}`);
  const out: Uint8Array[] = [];
  for (let first = 0; first < rows.length; first += shape.w)
    out.push(xorChunk(rows.slice(first, first + shape.w), sources, shape, length_bytes));
  return out;
}

/** Packets of whole words go by words. */
function xorChunk(rows: Matrix, sources: readonly Uint8Array[], shape: Shape, length_bytes: number): Uint8Array {
  const byWords = shape.packet_bytes % 4 === 0;
  const unit_bytes = byWords ? 4 : 1;
  const units = byWords ? sources.map(wordsOf) : sources;
  const chunk = byWords ? new Uint32Array(length_bytes >> 2) : new Uint8Array(length_bytes);
  const packet = shape.packet_bytes / unit_bytes;
  rows.forEach((row, i) => {
    for (const column of columnsOf(row)) {
      const source = must(units[Math.floor(column / shape.w)], 'source chunk');
      xorPackets(chunk, i * packet, source, (column % shape.w) * packet, packet, shape.w * packet);
    }
  });
  return new Uint8Array(chunk.buffer);
}

type Units = Uint8Array | Uint32Array;

/** Adds a packet of each block of the source to one of each block of the target. */
function xorPackets(into: Units, first: number, from: Units, firstFrom: number, packet: number, block: number): void {
  const shift = firstFrom - first;
  for (let start = first; start < into.length; start += block)
    for (let at = start; at < start + packet; at++) into[at] = (into[at] ?? 0) ^ (from[at + shift] ?? 0);
}

function columnsOf(row: Row): number[] {
  return Array.from(row.keys()).filter((column) => row[column] === 1);
}
