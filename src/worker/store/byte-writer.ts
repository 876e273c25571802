const encoder = new TextEncoder();
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A growing byte array with the few number and text forms that packing needs. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** The bytes since the last `take`, as a copy of their own; the writer starts anew. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  u8(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  f64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** A whole number from 0 to 2^53 - 1, seven bits a byte, lowest first. */
  varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80000000) {
      this.#bytes[this.#length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Text with its length in bytes before it. Every UTF-16 code unit survives. */
  text(text: string): void {
    if (!this.#ascii(text)) this.#wide(text);
  }

  #ascii(text: string): boolean {
    const count = text.length;
    this.#reserve(count + 8);
    const start = this.#length;
    this.varint(count * 2);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < count; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) {
        this.#length = start;
        return false;
      }
      bytes[at++] = code;
    }
    this.#length = at;
    return true;
  }

  /** Odd lengths mark text that is not ASCII: UTF-8 where that is faithful, else UTF-16. */
  #wide(text: string): void {
    if (!LONE_SURROGATE.test(text)) {
      const bytes = encoder.encode(text);
      this.varint(bytes.length * 4 + 1);
      this.raw(bytes);
      return;
    }
    this.varint(text.length * 4 + 3);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      this.u8(code & 0xff);
      this.u8(code >> 8);
    }
  }

  #reserve(count: number): void {
    if (this.#length + count > this.#bytes.length) this.#grow(count);
  }

  #grow(count: number): void {
    const bytes = new Uint8Array(Math.max(this.#length + count, 2 * this.#bytes.length));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
