/** Big-endian fields at fixed places, as headers of LUKS and qcow2 have them. Reading beyond the end is a RangeError: check before. */
export class BigEndianFields {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array | number) {
    this.bytes = typeof bytes === 'number' ? new Uint8Array(bytes) : bytes;
    this.#view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }

  get(at: number, length: number): Uint8Array {
    return this.bytes.slice(at, at + length);
  }

  getU16(at: number): number {
    return this.#view.getUint16(at);
  }

  getU32(at: number): number {
    return this.#view.getUint32(at);
  }

  /** Exact up to 2^53; larger ones are only told to be large. */
  getU64(at: number): number {
    return this.getU32(at) * 2 ** 32 + this.getU32(at + 4);
  }

  put(at: number, bytes: Uint8Array): this {
    this.bytes.set(bytes, at);
    return this;
  }

  u16(at: number, value: number): this {
    this.#view.setUint16(at, value);
    return this;
  }

  u32(at: number, value: number): this {
    this.#view.setUint32(at, value);
    return this;
  }

  u64(at: number, value: number): this {
    return this.u32(at, Math.floor(value / 2 ** 32)).u32(at + 4, value % 2 ** 32);
  }
}

/** A text of bytes up to its first zero. */
export function byteText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return String.fromCharCode(...(end < 0 ? bytes : bytes.subarray(0, end)));
}

/** A text of bytes, filled up with zeros. */
export function textBytes(text: string, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}
