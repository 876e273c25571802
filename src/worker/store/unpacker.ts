import { EMPTY_BYTES } from '../../engine/base/bytes.ts';
import { REF_BYTES, SHAPE, SMALL_INT, TAG } from './tags.ts';

/** Bytes that are stored apart, by their number; undefined where they are missing. */
export type BlobBytes = (number: number) => Uint8Array | undefined;

/** Packed bytes that make no sense: cut off, changed, or of another format. */
export class UnpackError extends Error {
  override readonly name = 'UnpackError';
}

export interface Entry {
  readonly key: string;
  readonly value: unknown;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const MAX_DEPTH = 200;
const NO_ITEMS: readonly never[] = [];
const NO_ENTRIES: ReadonlyMap<never, never> = new Map<never, never>();

/** Reads what a Packer wrote, in the same order; whatever bytes it is given, it ends with values or an {@link UnpackError}. */
export class Unpacker {
  readonly #blobs: BlobBytes;
  readonly #refs: object[] = [];
  readonly #entries: Entry[] = [];
  readonly #texts: string[] = [];
  readonly #shapes: (readonly string[])[] = [];
  #bytes: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  #depth = 0;

  constructor(blobs: BlobBytes) {
    this.#blobs = blobs;
  }

  /** Goes on with these bytes; references to what earlier bytes brought stay good. */
  feed(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = 0;
    this.#depth = 0;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** What `Packer.entry` wrote. */
  entry(): Entry {
    const tag = this.#u8();
    if (tag === TAG.sameEntry) return known(this.#entries[this.#varint()]);
    if (tag !== TAG.entry && tag !== TAG.passingEntry) throw new UnpackError('entry expected');
    const key = this.value();
    if (typeof key !== 'string') throw new UnpackError('key expected');
    const entry = { key, value: this.value() };
    if (tag === TAG.entry) this.#entries.push(entry);
    return entry;
  }

  value(): unknown {
    const start = this.#at;
    const tag = this.#u8();
    if (tag >= SMALL_INT) return tag - SMALL_INT;
    if (tag >= SHAPE) return this.#keep(start, this.#record(this.#shapes[tag - SHAPE]));
    switch (tag) {
      case TAG.null:
        return null;
      case TAG.undefined:
        return undefined;
      case TAG.false:
        return false;
      case TAG.true:
        return true;
      case TAG.uint:
        return this.#varint();
      case TAG.negative:
        return -this.#varint();
      case TAG.float:
        return this.#float();
      default:
        return this.#reference(tag) ?? this.#keep(start, this.#compound(tag));
    }
  }

  #reference(tag: number): unknown {
    switch (tag) {
      case TAG.text:
        return this.#newText();
      case TAG.longText:
        return this.#plainText();
      case TAG.textRef:
        return known(this.#texts[this.#varint()]);
      case TAG.ref:
        return known(this.#refs[this.#varint()]);
      case TAG.emptyArray:
        return NO_ITEMS;
      case TAG.emptyMap:
        return NO_ENTRIES;
      case TAG.emptyBytes:
        return EMPTY_BYTES;
      default:
        return undefined;
    }
  }

  #compound(tag: number): object {
    switch (tag) {
      case TAG.newShape:
        return this.#record(this.#newShape());
      case TAG.shape:
        return this.#record(this.#shapes[this.#varint()]);
      case TAG.array:
        return this.#array();
      case TAG.map:
        return this.#map();
      case TAG.bytes:
        return this.#raw(this.#varint()).slice();
      case TAG.blob:
        return known(this.#blobs(this.#varint()));
      default:
        throw new UnpackError(`tag ${tag}`);
    }
  }

  #keep(start: number, object: object): object {
    if (this.#at - start >= REF_BYTES) this.#refs.push(object);
    return object;
  }

  #array(): unknown[] {
    const count = this.#count();
    const items: unknown[] = [];
    this.#enter();
    for (let i = 0; i < count; i++) items.push(this.value());
    this.#depth--;
    return items;
  }

  #map(): Map<unknown, unknown> {
    const count = this.#count();
    const map = new Map<unknown, unknown>();
    this.#enter();
    for (let i = 0; i < count; i++) {
      const key = this.value();
      map.set(key, this.value());
    }
    this.#depth--;
    return map;
  }

  #record(keys: readonly string[] | undefined): object {
    const record: { [key: string]: unknown } = {};
    this.#enter();
    for (const key of known(keys)) record[key] = this.value();
    this.#depth--;
    return record;
  }

  #newShape(): readonly string[] {
    const count = this.#count();
    const keys: string[] = [];
    for (let i = 0; i < count; i++) keys.push(this.#key());
    this.#shapes.push(keys);
    return keys;
  }

  #key(): string {
    const key = this.#plainText();
    // Assigning it would set a prototype; no record of ours has it.
    if (key === '__proto__') throw new UnpackError('key __proto__');
    return key;
  }

  #newText(): string {
    const text = this.#plainText();
    this.#texts.push(text);
    return text;
  }

  #plainText(): string {
    const header = this.#varint();
    if (header % 2 === 0) return asciiText(this.#raw(header / 2));
    const wide = header % 4 === 3;
    const bytes = this.#raw(wide ? 2 * ((header - 3) / 4) : (header - 1) / 4);
    return wide ? utf16Text(bytes) : utf8Text(bytes);
  }

  #u8(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new UnpackError('cut off');
    return value;
  }

  #varint(): number {
    let value = 0;
    let unit = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.#u8();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
      unit *= 128;
    }
    throw new UnpackError('number too long');
  }

  /** A count of things that take a byte each at least: more than the bytes that are left is damage. */
  #count(): number {
    const count = this.#varint();
    if (count > this.#bytes.length - this.#at) throw new UnpackError('count too large');
    return count;
  }

  #float(): number {
    const at = this.#at;
    this.#raw(8);
    return this.#view.getFloat64(at, true);
  }

  #raw(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new UnpackError('cut off');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) throw new UnpackError('nested too deeply');
  }
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new UnpackError('reference to nothing');
  return value;
}

function asciiText(bytes: Uint8Array): string {
  if (bytes.length > 64) return utf8Text(bytes);
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

function utf8Text(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new UnpackError('text that is not UTF-8');
  }
}

function utf16Text(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) text += String.fromCharCode((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
  return text;
}
