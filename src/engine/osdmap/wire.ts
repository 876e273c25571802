import { hexOf } from '../base/bytes.ts';
import type { IntervalSet } from '../base/interval-set.ts';
import type { Decoder, Encoder } from '../codec/denc.ts';
import type { EntityAddress, UTime } from './extra.ts';

/** The small encodings that maps and pools are made of, each to and from bytes. */

/** Far above what a monitor lets a pool have (mon_max_pool_pg_num, 65,536); more is damage. */
export const MAX_PG_NUM = 1 << 20;

/**
 * Far above what a monitor lets a cluster have (mon_max_osd, 10,000). A few bytes may ask for as many, and each costs
 * about a KiB while a map is read, changed and written.
 */
export const MAX_OSDS = 100_000;

/** A map of 10,000 OSDs, and of 65,536 PGs of which each has upmaps and is remapped besides, has two thirds. */
export const MAX_MAP_BYTES = 16 * 1024 * 1024;

/** What entries of maps take once they are built. */
export const BUILT_BYTES = {
  number: 80,
  text: 120,
  strings: 240,
  byPg: 160,
  listByPg: 240,
  snapsByPool: 160,
  interval: 64,
  address: 200,
  addresses: 100,
  blocked: 300,
  osd: 100,
  note: 200,
  pool: 3000,
} as const;

export function decodeTime(d: Decoder): UTime {
  return { seconds: d.u32(), nanos: d.u32() };
}

export function encodeTime(encoder: Encoder, { seconds, nanos }: UTime): void {
  encoder.u32(seconds).u32(nanos);
}

/** A moment as the simulation keeps it, and the nanoseconds that it leaves out. */
export function splitTime({ seconds, nanos }: UTime): { at_us: number; rest_ns: number } {
  return { at_us: seconds * 1e6 + Math.floor(nanos / 1000), rest_ns: nanos % 1000 };
}

export function joinTime(at_us: number, rest_ns: number): UTime {
  const seconds = Math.floor(at_us / 1e6);
  return { seconds, nanos: Math.floor(at_us - seconds * 1e6) * 1000 + rest_ns };
}

export function decodeUuid(d: Decoder): string {
  const hex = hexOf(d.raw(16));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function encodeUuid(encoder: Encoder, uuid: string): void {
  const hex = uuid.replaceAll('-', '').padEnd(32, '0');
  for (let at = 0; at < 32; at += 2) encoder.u8(Number.parseInt(hex.slice(at, at + 2), 16));
}

/** A 64-bit number in decimal. */
export function decodeWide(d: Decoder): string {
  const low = BigInt(d.u32());
  return String((BigInt(d.u32()) << 32n) | low);
}

export function encodeWide(encoder: Encoder, text: string): void {
  const value = BigInt(text);
  encoder.u32(Number(value & 0xffffffffn)).u32(Number(value >> 32n));
}

/** A 32-bit float, rounded to the digits that it was set with where they tell it exactly. */
export function decodeRatio(d: Decoder): number {
  const bytes = d.raw(4);
  const exact = new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
  const short = Number(exact.toPrecision(7));
  return Math.fround(short) === exact ? short : exact;
}

export function encodeRatio(encoder: Encoder, value: number): void {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  encoder.raw(bytes);
}

export function decodeDouble(d: Decoder): number {
  const bytes = d.raw(8);
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
}

export function encodeDouble(encoder: Encoder, value: number): void {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  encoder.raw(bytes);
}

/** An `interval_set`: starts and lengths, 64 bits each. */
export function decodeIntervals(d: Decoder): IntervalSet {
  return d.list((each) => ({ off: each.u64(), len: each.u64() }), BUILT_BYTES.interval);
}

export function encodeIntervals(encoder: Encoder, set: IntervalSet): void {
  encoder.list(set, (each, { off, len }) => each.u64(off).u64(len));
}

export function decodeSnapsByPool(d: Decoder): Map<number, IntervalSet> {
  return d.map((each) => each.s64(), decodeIntervals, BUILT_BYTES.snapsByPool);
}

export function encodeSnapsByPool(encoder: Encoder, snaps: ReadonlyMap<number, IntervalSet>): void {
  encoder.list(byNumber(snaps), (each, [pool, set]) => encodeIntervals(each.s64(pool), set));
}

export function decodeStrings(d: Decoder): Map<string, string> {
  const text = (each: Decoder) => each.string();
  return d.map(text, text, BUILT_BYTES.text);
}

export function encodeStrings(encoder: Encoder, entries: ReadonlyMap<string, string>): void {
  encoder.list(byName(entries), (each, [key, value]) => each.string(key).string(value));
}

/** Entries in the order of a `std::map` by number. */
export function byNumber<T>(entries: ReadonlyMap<number, T>): [number, T][] {
  return [...entries].sort(([a], [b]) => a - b);
}

/** Entries in the order of a `std::map` by string. */
export function byName<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The longest `sockaddr` that Ceph keeps. */
const MAX_SOCKET_BYTES = 28;
const LEGACY_SOCKET_BYTES = 128;

export function decodeAddress(d: Decoder): EntityAddress {
  const marker = d.u8();
  if (marker === 0) return decodeLegacyAddress(d);
  if (marker !== 1) throw d.fault('corrupt', `address of kind ${marker}`);
  return decodeMarkedAddress(d);
}

function decodeMarkedAddress(decoder: Decoder): EntityAddress {
  return decoder.struct(1, (d) => {
    const [type, nonce] = [d.u32(), d.u32()];
    const length = d.u32();
    if (length > MAX_SOCKET_BYTES || length === 1) {
      throw d.fault('corrupt', `socket address of ${length} bytes`);
    }
    return { type, nonce, socket: d.raw(length) };
  });
}

/** @ceph src/msg/msg_types.h entity_addr_t::decode_legacy_addr_after_marker — exact */
function decodeLegacyAddress(d: Decoder): EntityAddress {
  d.raw(3);
  const nonce = d.u32();
  const whole = d.raw(LEGACY_SOCKET_BYTES);
  // The family was kept big-endian, unlike all else.
  const family = ((whole[0] ?? 0) << 8) | (whole[1] ?? 0);
  const socket = whole.slice(0, family === 2 ? 16 : MAX_SOCKET_BYTES);
  socket.set([family & 0xff, family >> 8]);
  return { type: family === 0 ? 0 : 1, nonce, socket };
}

export function encodeAddress(encoder: Encoder, { type, nonce, socket }: EntityAddress): void {
  encoder.u8(1).struct(1, 1, (each) => each.u32(type).u32(nonce).blob(socket));
}

/** An `entity_addrvec_t`: after a byte 2 a list, else one address alone. */
export function decodeAddresses(d: Decoder): EntityAddress[] {
  const marker = d.u8();
  if (marker === 2) return d.list(decodeAddress, BUILT_BYTES.address);
  if (marker === 1) return [decodeMarkedAddress(d)];
  if (marker === 0) return [decodeLegacyAddress(d)];
  throw d.fault('corrupt', `address of kind ${marker}`);
}

export function encodeAddresses(encoder: Encoder, addresses: readonly EntityAddress[]): void {
  encoder.u8(2).list(addresses, encodeAddress);
}

const WORDS = 2;

/** A `bitset_set` of 128 bits, lowest first: two words of 64 bits, seven bits a byte. */
export function decodeShards(d: Decoder): Uint8Array {
  const out = new Uint8Array(WORDS * 8);
  const view = new DataView(out.buffer);
  for (let word = 0; word < WORDS; word++) view.setBigUint64(word * 8, decodeVarint(d), true);
  return out;
}

export function encodeShards(encoder: Encoder, shards: Uint8Array): void {
  const view = new DataView(shards.buffer, shards.byteOffset, shards.byteLength);
  for (let word = 0; word < WORDS; word++) encodeVarint(encoder, view.getBigUint64(word * 8, true));
}

/** @ceph src/include/denc.h denc_varint — exact */
function decodeVarint(d: Decoder): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = d.u8();
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw d.fault('corrupt', `a number of more than 64 bits`);
}

function encodeVarint(encoder: Encoder, value: bigint): void {
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) encoder.u8(Number(rest & 0x7fn) | 0x80);
  encoder.u8(Number(rest));
}
