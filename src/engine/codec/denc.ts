import { assert } from '../base/assert.ts';
import { utf8Decode, utf8Encode } from '../base/utf8.ts';
import { DecodeError, type DecodeKind } from './decode-error.ts';

/** The least signed 64-bit value: Ceph's mark for no pool at all. */
export const LEAST_S64 = -(2 ** 63);

/**
 * Ceph's little-endian encodings (`src/include/encoding.h`, `denc.h`): integers, strings and buffers with a
 * 32-bit length before them, and structures that begin with version, compat version and length.
 * 64-bit values are JavaScript numbers: whole ones up to 2^53 exactly, and 2^64 - 2 (CEPH_NOSNAP) by `u64max`.
 */
export class Encoder {
  #bytes = new Uint8Array(64);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The bytes so far, as a copy of their own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#grow(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.#grow(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  s32(value: number): this {
    const at = this.#grow(4);
    this.#view.setInt32(at, value, true);
    return this;
  }

  /** An unsigned 64-bit value; whole, from 0 to 2^53 - 1. */
  u64(value: number): this {
    assert(Number.isSafeInteger(value) && value >= 0, () => `u64 of ${value}`);
    return this.u32(value >>> 0).u32(Math.floor(value / 0x1_0000_0000));
  }

  /** A signed 64-bit value; whole, within 2^53, or {@link LEAST_S64}. */
  s64(value: number): this {
    assert(Number.isSafeInteger(value) || value === LEAST_S64, () => `s64 of ${value}`);
    return this.u32(value >>> 0).s32(Math.floor(value / 0x1_0000_0000));
  }

  bool(value: boolean): this {
    return this.u8(value ? 1 : 0);
  }

  /** Bytes as they are, with no length before them. */
  raw(bytes: Uint8Array): this {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** Bytes with their 32-bit length before them (`bufferlist`, and strings that are not text). */
  blob(bytes: Uint8Array): this {
    return this.u32(bytes.length).raw(bytes);
  }

  string(text: string): this {
    return this.blob(utf8Encode(text));
  }

  /** A `utime_t`: seconds and nanoseconds, 32 bits each. Takes microseconds since the Unix epoch. */
  utime(at_us: number): this {
    return this.u32(Math.floor(at_us / 1e6)).u32(Math.round((at_us % 1e6) * 1000));
  }

  /** A structure: version, compat version, length, and what `body` encodes (`ENCODE_START`). */
  struct(version: number, compat: number, body: (encoder: this) => void): this {
    this.u8(version).u8(compat);
    const at = this.#grow(4);
    body(this);
    this.#view.setUint32(at, this.#length - at - 4, true);
    return this;
  }

  list<T>(items: readonly T[], each: (encoder: this, item: T) => void): this {
    this.u32(items.length);
    for (const item of items) each(this, item);
    return this;
  }

  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const bytes = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      bytes.set(this.#bytes.subarray(0, at));
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer);
    }
    return at;
  }
}

/** Encodes with a fresh {@link Encoder}. */
export function encode(body: (encoder: Encoder) => void): Uint8Array {
  const encoder = new Encoder();
  body(encoder);
  return encoder.finish();
}

/** A range of bytes and what it means: what the hexdump view lights up beside the decoded field. */
export interface Field {
  readonly off: number;
  readonly len: number;
  readonly name: string;
  readonly value: string;
  /** How deep the field stands in structures; 0 is the outermost. */
  readonly depth: number;
}

/** What all lists of an input together may take once they are built, however many entries they claim. */
const MAX_BUILT_BYTES = 74 * 1024 * 1024;
/** What an entry takes where nobody says it: a number, or a short text. */
const ENTRY_BYTES = 24;

/**
 * Reads Ceph's encodings. Bytes that end too early give a {@link DecodeError} (EINVAL) with the offset and the field,
 * never a wrong value; a count is held against the bytes that are left before anything is made of it.
 * Reads between `field(name, …)` calls are noted as {@link Field}s where a list was given.
 */
export class Decoder {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fields: Field[] | undefined;
  #at: number;
  #end: number;
  #depth = 0;
  #built_bytes = 0;
  /** What is being read: names of what holds it, each with an index or -1, and its own. */
  readonly #path: [name: string, index: number][] = [];
  #name = '';

  constructor(bytes: Uint8Array, fields?: Field[]) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#fields = fields;
    this.#at = 0;
    this.#end = bytes.length;
  }

  get offset(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  /** Names what is read next, for errors: `d.at('epoch').u32()`. */
  at(name: string): this {
    this.#name = name;
    return this;
  }

  /** Reads something that holds other fields, as `name` or as one of several. */
  inside<T>(name: string, index: number, read: () => T): T {
    const before = this.#name;
    this.#path.push([name, index]);
    this.#name = '';
    const value = read();
    this.#path.pop();
    this.#name = before;
    return value;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  s32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  /** An unsigned 64-bit value; above 2^53 - 1 it is EINVAL, apart from the callers that use {@link u64saturated}. */
  u64(): number {
    const value = this.u32() + this.u32() * 0x1_0000_0000;
    if (!Number.isSafeInteger(value)) throw this.fault('corrupt', '64-bit value too large');
    return value;
  }

  /** As {@link u64}, with everything above 2^53 - 1 read as `Number.MAX_SAFE_INTEGER` (NOSNAP and the like). */
  u64saturated(): number {
    return Math.min(this.u32() + this.u32() * 0x1_0000_0000, Number.MAX_SAFE_INTEGER);
  }

  /** A signed 64-bit value; beyond 2^53 it is EINVAL, but for {@link LEAST_S64}. */
  s64(): number {
    const low = this.u32();
    const value = this.s32() * 0x1_0000_0000 + low;
    if (!Number.isSafeInteger(value) && value !== LEAST_S64) throw this.fault('corrupt', '64-bit value too large');
    return value;
  }

  bool(): boolean {
    return this.u8() !== 0;
  }

  raw(length: number): Uint8Array {
    const at = this.#take(length);
    return this.bytes.slice(at, at + length);
  }

  blob(): Uint8Array {
    return this.raw(this.u32());
  }

  string(): string {
    return utf8Decode(this.blob());
  }

  /** A `utime_t` in microseconds since the Unix epoch; nanoseconds below that are dropped. */
  utime(): number {
    const seconds = this.u32();
    return seconds * 1e6 + Math.floor(this.u32() / 1000);
  }

  /** A structure: checks the compat version, reads `body` within its length, and passes over what it does not know. */
  struct<T>(known: number, body: (decoder: this, version: number) => T): T {
    const start = this.#at;
    const version = this.u8();
    const compat = this.u8();
    const length = this.u32();
    if (compat > known) throw this.fault('newer', `structure needs version ${compat}, known is ${known}`, start);
    if (length > this.remaining) {
      throw this.fault(this.#cutOff(), `structure of ${length} bytes, ${this.remaining} left`, start + 2);
    }
    this.#note(start, 'struct', `version ${version} compat ${compat}, ${length} bytes`);
    const outer = this.#end;
    this.#end = this.#at + length;
    this.#depth++;
    const value = this.inside(this.#name, -1, () => body(this, version));
    this.#depth--;
    this.#at = this.#end;
    this.#end = outer;
    return value;
  }

  /** Entries with their number before them; each takes a byte at least, and `entry_bytes` once it is built. */
  list<T>(each: (decoder: this, index: number) => T, entry_bytes = ENTRY_BYTES): T[] {
    const count = this.count(1, entry_bytes);
    const out = new Array<T>(count);
    this.#each(count, (index) => {
      out[index] = each(this, index);
    });
    return out;
  }

  /** A `std::map`; of entries with the same key the last one counts. */
  map<K, V>(key: (decoder: this) => K, value: (decoder: this) => V, entry_bytes: number): Map<K, V> {
    const out = new Map<K, V>();
    this.#each(this.count(1, entry_bytes), () => out.set(key(this), value(this)));
    return out;
  }

  #each(count: number, read: (index: number) => void): void {
    const [name, entry]: [string, [string, number]] = [this.#name, [this.#name, 0]];
    this.#path.push(entry);
    for (let index = 0; index < count; index++) {
      entry[1] = index;
      this.#name = '';
      read(index);
    }
    this.#path.pop();
    this.#name = name;
  }

  /** How many entries follow, each of at least so many bytes: refused where there cannot be so many. */
  count(least_bytes: number, entry_bytes = ENTRY_BYTES): number {
    const at = this.#at;
    const count = this.u32();
    const built_bytes = count * entry_bytes;
    if (count * least_bytes > this.remaining) {
      const kind = built_bytes > MAX_BUILT_BYTES ? 'corrupt' : this.#cutOff();
      throw this.fault(kind, `list of ${count} in ${this.remaining} bytes`, at);
    }
    this.builds(built_bytes, at);
    return count;
  }

  /** Says that what is read next takes so much once it is built; refused where all together takes too much. */
  builds(bytes: number, at = this.#at): void {
    this.#built_bytes += bytes;
    if (this.#built_bytes > MAX_BUILT_BYTES) throw this.fault('too-large', 'more than fits the memory', at);
  }

  /** Reads one named field and notes its bytes; `show` says it in words. */
  field<T>(name: string, read: (decoder: this) => T, show: (value: T) => string = String): T {
    const start = this.#at;
    this.#depth++;
    const value = read(this);
    this.#depth--;
    this.#note(start, name, show(value));
    return value;
  }

  #note(start: number, name: string, value: string): void {
    this.#fields?.push({ off: start, len: this.#at - start, name, value, depth: this.#depth });
  }

  #take(count: number): number {
    if (count > this.#end - this.#at) {
      throw this.fault(this.#cutOff(), `${count} bytes wanted, ${this.#end - this.#at} left`);
    }
    const at = this.#at;
    this.#at += count;
    return at;
  }

  /** What is wrong where bytes end: all of them, or those of a structure that goes on without them. */
  #cutOff(): DecodeKind {
    return this.#end === this.bytes.length ? 'truncated' : 'corrupt';
  }

  /** An error about what is being read, at the present offset or at `offset_bytes`. */
  fault(kind: DecodeKind, what: string, offset_bytes = this.#at): DecodeError {
    const names = [...this.#path, [this.#name, -1] as const];
    const parts = names.flatMap(([name, index]) => (name === '' ? [] : [index < 0 ? name : `${name}[${index}]`]));
    return new DecodeError(kind, what, { offset_bytes, field: parts.length === 0 ? null : parts.join('.') });
  }
}
