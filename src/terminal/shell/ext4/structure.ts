import { crc32c } from '../../../engine/codec/crc32c.ts';

/** A block of a file system on disk, filled field by field; numbers are little-endian. */
export class Structure {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  u8(at: number, ...values: readonly number[]): this {
    this.bytes.set(values, at);
    return this;
  }

  u16(at: number, value: number): this {
    this.#view.setUint16(at, value, true);
    return this;
  }

  u32(at: number, ...values: readonly number[]): this {
    for (const [index, value] of values.entries()) this.#view.setUint32(at + 4 * index, value >>> 0, true);
    return this;
  }

  /** The one thing that is big-endian: a journal. */
  bigEndian32(at: number, ...values: readonly number[]): this {
    for (const [index, value] of values.entries()) this.#view.setUint32(at + 4 * index, value, false);
    return this;
  }

  put(at: number, bytes: Uint8Array): this {
    this.bytes.set(bytes, at);
    return this;
  }

  text(at: number, value: string): this {
    return this.put(
      at,
      Uint8Array.from(value, (char) => char.charCodeAt(0) & 0xff),
    );
  }

  /** The lower half at `low`, the upper at `high`. */
  split16(low: number, high: number, value: number): this {
    return this.u16(low, value & 0xffff).u16(high, value >>> 16);
  }
}

/** Checksums of metadata go on from what their owner is. */
export function checksum(seed: number, ...parts: readonly (Uint8Array | number)[]): number {
  let sum = seed;
  for (const part of parts) {
    const bytes = typeof part === 'number' ? new Structure(4).u32(0, part).bytes : part;
    sum = crc32c(sum, bytes);
  }
  return sum;
}

export const CHECKSUM_START = 0xffff_ffff;

/** Bits of a bitmap, the lowest of each byte first. */
export function setBits(bitmap: Uint8Array, from: number, to: number): void {
  for (let bit = from; bit < to; bit++) bitmap[bit >> 3] = (bitmap[bit >> 3] ?? 0) | (1 << (bit & 7));
}
