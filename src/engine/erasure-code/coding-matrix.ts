import { assert } from '../base/assert.ts';
import { type GaloisField, galoisField } from './galois.ts';
import { addRow, type Matrix, matrixOf, type Row, scaleRow, unitRow } from './matrix.ts';

/**
 * The m rows by which jerasure's reed_sol_van makes its coding chunks: an extended Vandermonde matrix, brought by column
 * operations to the identity above, ones in the first coding row and in the first column.
 *
 * @ceph src/erasure-code/jerasure/jerasure/src/reed_sol.c reed_sol_vandermonde_coding_matrix — the same matrix
 */
export function reedSolomonVandermonde(k: number, m: number, w: number): Matrix {
  const field = galoisField(w);
  const columns = vandermondeColumns(field, k, m);
  for (let i = 1; i < k; i++) eliminate(field, columns, i);
  const rows = matrixOf(m, k, (row, column) => columns[column]?.[k + row] ?? 0);
  makeFirstOnes(field, rows);
  return rows;
}

/** The extended Vandermonde matrix of k + m rows, by columns: 1 0 0…, then powers of 1, 2, 3…, then …0 0 1. */
function vandermondeColumns(field: GaloisField, k: number, m: number): Row[] {
  const rows = k + m;
  return Array.from({ length: k }, (_, column) => {
    const out = new Uint32Array(rows);
    for (let row = 1; row < rows - 1; row++) out[row] = power(field, row, column);
    out[0] = column === 0 ? 1 : 0;
    out[rows - 1] = column === k - 1 ? 1 : 0;
    return out;
  });
}

/** Makes row `i` the unit row by operations on columns; the rows above are units already. */
function eliminate(field: GaloisField, columns: readonly Row[], i: number): void {
  const pivotRow = pivotBelow(columns, i);
  if (pivotRow !== i) for (const column of columns) swap(column, i, pivotRow);
  const own = columns[i];
  assert(own !== undefined, 'a column for each row');
  scaleRow(field, own, field.inverse(own[i] ?? 0));
  for (const column of columns) if (column !== own) addRow(field, column, own, column[i] ?? 0);
}

function pivotBelow(columns: readonly Row[], i: number): number {
  const column = columns[i];
  const found = column?.findIndex((value, row) => row >= i && value !== 0) ?? -1;
  assert(found >= 0, 'a Vandermonde matrix has full rank');
  return found;
}

function swap(column: Row, a: number, b: number): void {
  const kept = column[a] ?? 0;
  column[a] = column[b] ?? 0;
  column[b] = kept;
}

/** Ones along the first row, by scaling columns, and then down the first column, by scaling rows. */
function makeFirstOnes(field: GaloisField, rows: Matrix): void {
  scaleColumnsToOnes(field, rows);
  for (const row of rows.slice(1)) if (row[0] !== 1) scaleRow(field, row, field.inverse(row[0] ?? 0));
}

function scaleColumnsToOnes(field: GaloisField, rows: Matrix): void {
  const first = rows[0] ?? new Uint32Array(0);
  for (let column = 0; column < first.length; column++) {
    const factor = field.inverse(first[column] ?? 0);
    for (const row of rows) row[column] = field.multiply(factor, row[column] ?? 0);
  }
}

function power(field: GaloisField, base: number, exponent: number): number {
  let out = 1;
  for (let i = 0; i < exponent; i++) out = field.multiply(out, base);
  return out;
}

/** RAID-6: a row of ones and a row of the powers of two. */
export function reedSolomonRaid6(k: number, w: number): Matrix {
  const field = galoisField(w);
  return matrixOf(2, k, (row, column) => (row === 0 ? 1 : power(field, 2, column)));
}

/** ISA-L's own Vandermonde rows: powers of 1, of 2, of 4 … @ceph isa-l ec_base.c gf_gen_rs_matrix — exact */
export function isaVandermonde(k: number, m: number): Matrix {
  const field = galoisField(8);
  return matrixOf(m, k, (row, column) => power(field, power(field, 2, row), column));
}

/** @ceph isa-l ec_base.c gf_gen_cauchy1_matrix — exact */
export function isaCauchy(k: number, m: number): Matrix {
  const field = galoisField(8);
  return matrixOf(m, k, (row, column) => field.inverse((k + row) ^ column));
}

/** @ceph src/erasure-code/jerasure/jerasure/src/cauchy.c cauchy_original_coding_matrix — exact; k + m at most 2^w */
export function cauchyOriginal(k: number, m: number, w: number): Matrix {
  const field = galoisField(w);
  return matrixOf(m, k, (row, column) => field.inverse(row ^ (m + column)));
}

/** Widths for which the best rows for two coding chunks are known, and so taken. */
const MAX_BEST_BITS = 11;
const MAX_BEST_COLUMNS = 1023;

/**
 * A Cauchy matrix whose bit matrix has few ones, so that encoding XORs little: for two coding chunks the elements with the
 * fewest ones, otherwise the original matrix with columns and rows divided by what helps most.
 *
 * @ceph src/erasure-code/jerasure/jerasure/src/cauchy.c cauchy_good_general_coding_matrix — the same matrices; the table of
 *   best elements is worked out instead of stored
 */
export function cauchyGood(k: number, m: number, w: number): Matrix {
  const best = m === 2 && w <= MAX_BEST_BITS ? bestElements(w) : [];
  if (k <= best.length) return [unitsRow(k), Uint32Array.from(best.slice(0, k))];
  const rows = cauchyOriginal(k, m, w);
  const field = galoisField(w);
  scaleColumnsToOnes(field, rows);
  for (const row of rows.slice(1)) improveRow(field, row);
  return rows;
}

function unitsRow(k: number): Row {
  return new Uint32Array(k).fill(1);
}

const best = new Map<number, readonly number[]>();

function bestElements(w: number): readonly number[] {
  let found = best.get(w);
  if (found === undefined) {
    const field = galoisField(w);
    const ones = Array.from({ length: 2 ** w - 1 }, (_, i) => ({ element: i + 1, ones: bitOnes(field, i + 1) }));
    ones.sort((a, b) => a.ones - b.ones || a.element - b.element);
    found = ones.slice(0, MAX_BEST_COLUMNS).map(({ element }) => element);
    best.set(w, found);
  }
  return found;
}

/** Divides the row by that of its elements that leaves the fewest ones; the first such, and only if it is better. */
function improveRow(field: GaloisField, row: Row): void {
  let fewest = rowOnes(field, row, 1);
  let chosen = 1;
  for (const element of row) {
    if (element === 1) continue;
    const factor = field.inverse(element);
    const ones = rowOnes(field, row, factor);
    if (ones >= fewest) continue;
    fewest = ones;
    chosen = factor;
  }
  if (chosen !== 1) scaleRow(field, row, chosen);
}

function rowOnes(field: GaloisField, row: Row, factor: number): number {
  let ones = 0;
  for (const element of row) ones += bitOnes(field, field.multiply(element, factor));
  return ones;
}

/** Ones in the w × w bit matrix of an element. */
function bitOnes(field: GaloisField, element: number): number {
  let ones = 0;
  let column = element;
  for (let i = 0; i < field.w; i++) {
    for (let rest = column; rest !== 0; rest &= rest - 1) ones++;
    column = field.multiply(column, 2);
  }
  return ones;
}

/** Rows of the whole code: the identity for the data chunks, then the coding rows. */
export function generatorOf(k: number, coding: Matrix): Matrix {
  return [...Array.from({ length: k }, (_, row) => unitRow(k, row)), ...coding];
}
