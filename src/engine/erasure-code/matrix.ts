import type { GaloisField } from './galois.ts';

/** Rows of field elements, all of one length. */
export type Matrix = readonly Row[];
export type Row = Uint32Array;

export function rowOf(length: number, at: (column: number) => number): Row {
  const row = new Uint32Array(length);
  for (let column = 0; column < length; column++) row[column] = at(column);
  return row;
}

export function matrixOf(rows: number, columns: number, at: (row: number, column: number) => number): Matrix {
  return Array.from({ length: rows }, (_, row) => rowOf(columns, (column) => at(row, column)));
}

/** The row that has a single 1. */
export function unitRow(length: number, one: number): Row {
  return rowOf(length, (column) => (column === one ? 1 : 0));
}

/** `into` += factor × `row`, in place: only for rows of the caller's own making. */
export function addRow(field: GaloisField, into: Row, row: Row, factor: number): void {
  if (factor === 0) return;
  for (let column = 0; column < into.length; column++) {
    const value = row[column] ?? 0;
    if (value !== 0) into[column] = (into[column] ?? 0) ^ field.multiply(factor, value);
  }
}

export function scaleRow(field: GaloisField, row: Row, factor: number): void {
  for (let column = 0; column < row.length; column++) row[column] = field.multiply(factor, row[column] ?? 0);
}

/**
 * For each wanted row the factors by which the given rows add up to it; undefined where they cannot.
 * With as many independent rows as columns this is the inverse of the given matrix, times the wanted one.
 */
export function combinations(field: GaloisField, given: Matrix, wanted: Matrix): Matrix | undefined {
  const columns = given[0]?.length ?? 0;
  const basis = reduced(field, given, columns);
  const out: Row[] = [];
  for (const want of wanted) {
    const rest = rowOf(columns + given.length, (column) => want[column] ?? 0);
    for (const { pivot, row } of basis) addRow(field, rest, row, rest[pivot] ?? 0);
    if (rest.subarray(0, columns).some((value) => value !== 0)) return undefined;
    out.push(rest.slice(columns));
  }
  return out;
}

interface BasisRow {
  readonly pivot: number;
  readonly row: Row;
}

/** Gauss and Jordan; beside each row, to its right, how it was made of the given ones. */
function reduced(field: GaloisField, given: Matrix, columns: number): BasisRow[] {
  const basis: BasisRow[] = [];
  given.forEach((source, index) => {
    const row = rowOf(columns + given.length, (column) => source[column] ?? 0);
    row[columns + index] = 1;
    for (const known of basis) addRow(field, row, known.row, row[known.pivot] ?? 0);
    const pivot = row.subarray(0, columns).findIndex((value) => value !== 0);
    if (pivot < 0) return;
    scaleRow(field, row, field.inverse(row[pivot] ?? 0));
    for (const known of basis) addRow(field, known.row, row, known.row[pivot] ?? 0);
    basis.push({ pivot, row });
  });
  return basis;
}
