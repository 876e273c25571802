import { COARSE_LOG2, FINE_LOG2 } from './ln-figures.ts';

const TWO_48 = 2 ** 48;
const TWO_24 = 2 ** 24;

let table: Float64Array | undefined;

/**
 * The 65,536 values that straw2 divides by an item's weight: `crush_ln(u) - 2^48`, all below zero. Built at first use.
 * A double holds them exactly, and their quotient by a weight below 2^32 truncates as Ceph's 64-bit division does:
 * a quotient that is no whole number is further from one than the rounding of the division.
 */
export function lnTable(): Float64Array {
  table ??= Float64Array.from({ length: 0x10000 }, (_, u) => crushLn(u) - TWO_48);
  return table;
}

/**
 * 2^44 * log2(u + 1) in fixed point, for u from 0 to 65535.
 *
 * @ceph src/crush/mapper.c crush_ln — exact; the 48 by 17 bit product in two halves
 */
export function crushLn(u: number): number {
  const shift = Math.max(Math.clz32(u + 1) - 16, 0);
  const x = (u + 1) * 2 ** shift;
  const index = (x >>> 8) - 128;
  // The reciprocal 2^48 / (1 + index / 128), rounded up, in two halves; then x times it, without its lowest 24 bits.
  const high = Math.floor(2 ** 31 / (128 + index));
  const low = Math.ceil(((2 ** 31 % (128 + index)) * TWO_24) / (128 + index));
  const product = x * high + Math.floor((x * low) / TWO_24);
  const fine = Math.floor(product / TWO_24) & 0xff;
  const log = Math.floor(((COARSE_LOG2[index] ?? 0) + (FINE_LOG2[fine] ?? 0)) / 16);
  return (15 - shift) * 2 ** 44 + log;
}
