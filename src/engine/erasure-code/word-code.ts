import { must } from '../base/assert.ts';
import { type ChunkCode, DecodingCache, firstGiven } from './chunk-code.ts';
import { generatorOf } from './coding-matrix.ts';
import { galoisField } from './galois.ts';
import { combinations, type Matrix, type Row } from './matrix.ts';
import { adderOf, bytesOfWords, wordsOf } from './region.ts';

/**
 * A code whose coding chunks are sums of multiples of the data chunks, taken as words of 8, 16 or 32 bits.
 *
 * @ceph src/erasure-code/jerasure/jerasure/src/jerasure.c jerasure_matrix_encode, jerasure_matrix_decode — the same bytes
 */
export function wordCode(k: number, coding: Matrix, w: number): ChunkCode {
  const generator = generatorOf(k, coding);
  const cache = new DecodingCache<Matrix>();
  return {
    k,
    m: coding.length,
    encode: (data) => sumsOf(coding, data, w),
    rebuild(wanted, given) {
      const sources = firstGiven(k, given);
      const rows = cache.get(sources, wanted, () =>
        combinations(galoisField(w), pick(generator, sources), pick(generator, wanted)),
      );
      if (rows === undefined) return undefined;
      return sumsOf(
        rows,
        sources.map((source) => must(given.get(source), 'source chunk')),
        w,
      );
    },
  };
}

export function pick(rows: Matrix, numbers: readonly number[]): Matrix {
  return numbers.map((number) => must(rows[number], 'row of the code'));
}

/** For each row of factors the sum of the sources' multiples. */
export function sumsOf(rows: Matrix, sources: readonly Uint8Array[], w: number): Uint8Array[] {
  const length_bytes = sources[0]?.length ?? 0;
  const words = sources.map(wordsOf);
  const sums = rows.map(() => new Uint32Array((length_bytes + 3) >> 2));
  rows.forEach((row, r) => {
    addBlocks(must(sums[r], 'sum'), words, row, w);
  });
  return sums.map((sum) => bytesOfWords(sum, length_bytes));
}

/** So many words at a time that the sum stays in the processor's nearest cache. */
const BLOCK_WORDS = 4096;

function addBlocks(sum: Uint32Array, sources: readonly Uint32Array[], row: Row, w: number): void {
  const adders = Array.from(row, (factor) => adderOf(factor, w, sum.length));
  for (let at = 0; at < sum.length; at += BLOCK_WORDS) {
    const end = Math.min(at + BLOCK_WORDS, sum.length);
    for (let i = 0; i < sources.length; i++) adders[i]?.(sum, must(sources[i], 'source'), at, end);
  }
}
