import { assert } from '../base/assert.ts';

/**
 * A row of two-bit values, packed four to a byte, the first in the highest bits: `BitVector<2>`, which holds an
 * object map. Bits behind `size` are zero.
 */
export interface BitVector {
  /** How many values. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

/** How many bytes `size` values take. */
export function bitVectorBytes(size: number): number {
  return Math.ceil(size / 4);
}

/** `size` values, all the same. */
export function makeBitVector(size: number, value = 0): BitVector {
  const bytes = new Uint8Array(bitVectorBytes(size));
  if (value !== 0) fillBits(bytes, 0, size, value);
  return { size, bytes };
}

/** The value at `index`, 0 to 3. */
export function bitAt(bits: BitVector, index: number): number {
  assert(index >= 0 && index < bits.size, () => `index ${index} of ${bits.size}`);
  return ((bits.bytes[index >>> 2] ?? 0) >>> (6 - 2 * (index & 3))) & 3;
}

/** Another vector, with `value` at every index from `start` up to (without) `end`. */
export function withBits(bits: BitVector, start: number, end: number, value: number): BitVector {
  assert(start >= 0 && end <= bits.size, () => `range ${start} to ${end} of ${bits.size}`);
  const bytes = bits.bytes.slice();
  fillBits(bytes, start, end, value);
  return { size: bits.size, bytes };
}

/** Another vector, cut to `size`, or grown to it with `value`. */
export function resizedBits(bits: BitVector, size: number, value = 0): BitVector {
  const bytes = new Uint8Array(bitVectorBytes(size));
  bytes.set(bits.bytes.subarray(0, bytes.length));
  if (size > bits.size) fillBits(bytes, bits.size, size, value);
  else clearTail(bytes, size);
  return { size, bytes };
}

/** Sets values in packed bytes, in place. */
export function fillBits(bytes: Uint8Array, start: number, end: number, value: number): void {
  let index = start;
  for (; index < end && (index & 3) !== 0; index++) setBit(bytes, index, value);
  const whole = end - ((end - index) & 3);
  if (whole > index) bytes.fill(value * 0x55, index >>> 2, whole >>> 2);
  for (index = Math.max(index, whole); index < end; index++) setBit(bytes, index, value);
}

function setBit(bytes: Uint8Array, index: number, value: number): void {
  const shift = 6 - 2 * (index & 3);
  const at = index >>> 2;
  bytes[at] = ((bytes[at] ?? 0) & ~(3 << shift)) | (value << shift);
}

/** Zeroes what lies behind the last value in its byte. */
function clearTail(bytes: Uint8Array, size: number): void {
  const used = size & 3;
  if (used === 0 || bytes.length === 0) return;
  const at = bytes.length - 1;
  bytes[at] = (bytes[at] ?? 0) & (0xff << (8 - 2 * used));
}
