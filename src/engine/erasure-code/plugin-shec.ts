import { CephError } from '../base/errno.ts';
import { type CodecParts, roundUp, wholeShards } from './codec.ts';
import { reedSolomonVandermonde } from './coding-matrix.ts';
import type { Matrix } from './matrix.ts';
import { type ProfileOptions, type ProfileReader, strictInt } from './profile-reader.ts';
import { shecCode, shecMinimum } from './shec-code.ts';

interface Shape {
  readonly k: number;
  readonly m: number;
  readonly c: number;
}

/**
 * Shingled erasure codes: Reed-Solomon rows with stretches of zeros. What is wrong with a profile goes to the real log
 * alone, so the answer is EINVAL without a word.
 *
 * @ceph src/erasure-code/shec/ErasureCodeShec.cc — parameters, matrix and choice of chunks
 */
export function openShec(reader: ProfileReader): CodecParts {
  const technique = reader.options.get('technique') ?? 'multiple';
  reader.options.set('technique', technique);
  if (technique !== 'single' && technique !== 'multiple')
    throw new CephError(
      'ENOENT',
      `technique=${technique} is not a valid coding technique. Choose one of the following: single, multiple `,
    );
  const shape = shapeOf(reader.options);
  const w = widthOf(reader.options);
  const coding = shingled(shape, w, technique);
  return {
    code: shecCode(shape.k, coding, w),
    chunkSize: (length_bytes) => roundUp(length_bytes, shape.k * w * 4) / shape.k,
    minimum(want, available) {
      const minimum = shecMinimum(coding, w, want, available);
      if (minimum === undefined) throw new CephError('EIO', 'not enough chunks to decode');
      return wholeShards(minimum);
    },
  };
}

const DEFAULT_SHAPE: Shape = { k: 4, m: 3, c: 2 };

function shapeOf(options: ProfileOptions): Shape {
  const given = ['k', 'm', 'c'].map((name) => options.get(name));
  if (given.every((text) => text === undefined)) return DEFAULT_SHAPE;
  const [k, m, c] = given.map((text) => (text === undefined ? undefined : strictInt(text)));
  if (typeof k !== 'number' || typeof m !== 'number' || typeof c !== 'number') throw new CephError('EINVAL');
  const sound = k > 0 && m > 0 && c > 0 && c <= m && k <= 12 && k + m <= 20 && m <= k;
  if (!sound) throw new CephError('EINVAL');
  return { k, m, c };
}

/** A width that will not do is passed over. */
function widthOf(options: ProfileOptions): number {
  const w = strictInt(options.get('w') ?? '8');
  return w === 16 || w === 32 ? w : 8;
}

function shingled({ k, m, c }: Shape, w: number, technique: string): Matrix {
  const rows = reedSolomonVandermonde(k, m, w);
  const first = technique === 'single' ? { m: 0, c: 0 } : bestSplit(k, m, c);
  for (let row = 0; row < first.m; row++) clear(rows, row, shingle(k, first.m, first.c, row));
  const second = { m: m - first.m, c: c - first.c };
  for (let row = 0; row < second.m; row++) clear(rows, first.m + row, shingle(k, second.m, second.c, row));
  return rows;
}

/** Where the row's shingle starts and how long it is, before it wraps around at k. */
function shingle(k: number, m: number, c: number, row: number): { readonly from: number; readonly length: number } {
  const from = Math.floor((row * k) / m);
  return { from, length: Math.floor(((row + c) * k) / m) - from };
}

/** Zeros from the end of the shingle round to its start; none where it goes all the way round. */
function clear(rows: Matrix, row: number, { from, length }: { readonly from: number; readonly length: number }): void {
  const target = rows[row];
  if (target === undefined) return;
  const k = target.length;
  for (let column = (from + length) % k; column !== from % k; column = (column + 1) % k) target[column] = 0;
}

/** Splits the coding chunks in two groups so that on average the fewest chunks are read to have one back. */
function bestSplit(k: number, m: number, c: number): { readonly m: number; readonly c: number } {
  let best = { m: -1, c: -1 };
  let least = 100;
  for (let c1 = 0; c1 <= c >> 1; c1++) {
    for (let m1 = 0; m1 <= m; m1++) {
      if (!splitFits(m1, c1) || !splitFits(m - m1, c - c1)) continue;
      const cost = recoveryCost(k, m1, c1, m - m1, c - c1);
      if (cost >= least) continue;
      least = cost;
      best = { m: m1, c: c1 };
    }
  }
  return best;
}

function splitFits(m: number, c: number): boolean {
  return m >= c && (m === 0) === (c === 0);
}

/** @ceph src/erasure-code/shec/ErasureCodeShec.cc shec_calc_recovery_efficiency1 */
function recoveryCost(k: number, m1: number, c1: number, m2: number, c2: number): number {
  const reads = new Array<number>(k).fill(1e8);
  let sum = 0;
  for (const [m, c] of [
    [m1, c1],
    [m2, c2],
  ] as const) {
    for (let row = 0; row < m; row++) {
      const { from, length } = shingle(k, m, c, row);
      // A shingle of length k wraps to where it began: it covers all.
      const covered = length % k || k;
      for (let i = 0; i < covered; i++) reads[(from + i) % k] = Math.min(reads[(from + i) % k] ?? 0, length);
      sum += length;
    }
  }
  return (sum + reads.reduce((a, b) => a + b, 0)) / (k + m1 + m2);
}
