import { galoisField } from './galois.ts';
import { type Matrix, matrixOf } from './matrix.ts';

/** Rows of bits: w for each coding chunk, with w columns for each data chunk. */

/** A matrix over 2^w elements as bits: each element becomes the w × w matrix of multiplying by it. */
export function bitsOfMatrix(matrix: Matrix, w: number): Matrix {
  const field = galoisField(w);
  const columns = matrix.map((row) => Array.from(row, (element) => shiftsOf(field.multiply, element, w)));
  return matrixOf(matrix.length * w, (matrix[0]?.length ?? 0) * w, (row, column) => {
    const shifts = columns[Math.floor(row / w)]?.[Math.floor(column / w)];
    return ((shifts?.[column % w] ?? 0) >>> (row % w)) & 1;
  });
}

function shiftsOf(multiply: (a: number, b: number) => number, element: number, w: number): number[] {
  const out = [element];
  for (let i = 1; i < w; i++) out.push(multiply(out[i - 1] ?? 0, 2));
  return out;
}

type Bits = (chunk: number, row: number, column: number) => boolean;

/** Two coding chunks: the plain XOR of the data chunks, and one matrix for each of them. */
function raid6Bits(k: number, w: number, second: Bits): Matrix {
  return matrixOf(2 * w, k * w, (row, column) => {
    const chunk = Math.floor(column / w);
    if (row < w) return row === column % w ? 1 : 0;
    return second(chunk, row - w, column % w) ? 1 : 0;
  });
}

/** @ceph src/erasure-code/jerasure/jerasure/src/liberation.c liberation_coding_bitmatrix — exact; k at most w, w prime */
export function liberationBits(k: number, w: number): Matrix {
  return raid6Bits(k, w, (chunk, row, column) => {
    if (column === (chunk + row) % w) return true;
    return chunk > 0 && row === (chunk * ((w - 1) >> 1)) % w && column === (row + chunk - 1) % w;
  });
}

/**
 * @ceph src/erasure-code/jerasure/jerasure/src/liberation.c blaum_roth_coding_bitmatrix — exact; k at most w, w + 1 prime
 *   (or w = 7, of which not every pair of lost chunks can be had back)
 */
export function blaumRothBits(k: number, w: number): Matrix {
  const p = w + 1;
  return raid6Bits(k, w, (chunk, row, column) => {
    if (chunk === 0) return column === row;
    if (row + 1 !== p - chunk) return column === ((row + 1 + chunk) % p) - 1;
    const half = chunk % 2 === 0 ? chunk / 2 : (p >> 1) + 1 + (chunk >> 1);
    return column === chunk - 1 || column === half - 1;
  });
}

/** Plank's liber8tion matrices: for each data chunk the column of the one in each of its 8 rows, and of one more. */
const LIBER8TION: readonly { readonly ones: readonly number[]; readonly row?: number; readonly column?: number }[] = [
  { ones: [0, 1, 2, 3, 4, 5, 6, 7] },
  { ones: [7, 3, 0, 2, 6, 1, 5, 4], row: 4, column: 7 },
  { ones: [6, 2, 4, 0, 7, 3, 1, 5], row: 1, column: 3 },
  { ones: [2, 5, 7, 6, 0, 3, 4, 1], row: 5, column: 4 },
  { ones: [5, 6, 1, 7, 2, 4, 3, 0], row: 2, column: 0 },
  { ones: [1, 2, 3, 4, 5, 6, 7, 0], row: 7, column: 2 },
  { ones: [3, 0, 6, 5, 1, 7, 4, 2], row: 6, column: 5 },
  { ones: [4, 7, 1, 5, 3, 2, 0, 6], row: 3, column: 1 },
];

/** @ceph src/erasure-code/jerasure/jerasure/src/liberation.c liber8tion_coding_bitmatrix — exact; k at most 8, w = 8 */
export function liber8tionBits(k: number): Matrix {
  return raid6Bits(k, 8, (chunk, row, column) => {
    const own = LIBER8TION[chunk];
    return own?.ones[row] === column || (own?.row === row && own.column === column);
  });
}
