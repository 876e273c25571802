import { assert, must } from '../base/assert.ts';
import { type ChunkCode, DecodingCache, firstGiven } from './chunk-code.ts';
import { BIT_FIELD } from './galois.ts';
import { combinations, type Matrix, matrixOf, type Row } from './matrix.ts';

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

function xorChunk(rows: Matrix, sources: readonly Uint8Array[], shape: Shape, length_bytes: number): Uint8Array {
  const chunk = new Uint8Array(length_bytes);
  const { w, packet_bytes } = shape;
  const steps = rows.map(columnsOf);
  for (let block = 0; block < length_bytes; block += w * packet_bytes) {
    steps.forEach((columns, row) => {
      for (const column of columns) {
        const source = must(sources[Math.floor(column / w)], 'source chunk');
        xorPacket(chunk, block + row * packet_bytes, source, block + (column % w) * packet_bytes, packet_bytes);
      }
    });
  }
  return chunk;
}

function columnsOf(row: Row): number[] {
  return Array.from(row.keys()).filter((column) => row[column] === 1);
}

/** Packets that lie on word boundaries go by words. */
function xorPacket(into: Uint8Array, at: number, from: Uint8Array, off: number, length: number): void {
  if ((at | (from.byteOffset + off) | length) & 3) {
    for (let i = 0; i < length; i++) into[at + i] = (into[at + i] ?? 0) ^ (from[off + i] ?? 0);
    return;
  }
  const to = new Uint32Array(into.buffer, at, length >> 2);
  const words = new Uint32Array(from.buffer, from.byteOffset + off, length >> 2);
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) ^ (words[i] ?? 0);
}
