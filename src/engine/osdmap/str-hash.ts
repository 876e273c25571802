import { utf8Encode, utf8Length } from '../base/utf8.ts';

const GOLDEN = 0x9e3779b9 | 0;

/**
 * Hash of a byte string, unsigned 32 bits: what decides an object's placement group.
 *
 * @param length how many of the bytes count
 * @ceph src/common/ceph_hash.cc ceph_str_hash_rjenkins — exact
 */
export function strHashRjenkins(bytes: Uint8Array, length = bytes.length): number {
  let a = GOLDEN;
  let b = GOLDEN;
  let c = 0;
  const whole = length - (length % 12);
  for (let at = 0; at < whole; at += 12) {
    [a, b, c] = mix(a + word(bytes, at, length), b + word(bytes, at + 4, length), c + word(bytes, at + 8, length));
  }
  // The lowest byte of c belongs to the length, so the last bytes of the tail go one byte higher there.
  c += length + (word(bytes, whole + 8, length) << 8);
  [, , c] = mix(a + word(bytes, whole, length), b + word(bytes, whole + 4, length), c);
  return c >>> 0;
}

/**
 * The raw hash of an object name (or its locator key) in a namespace: over the name alone in the default
 * namespace, else over namespace, byte 0x1f and name.
 *
 * @ceph src/osd/osd_types.cc pg_pool_t::hash_key — exact; by rjenkins where not told otherwise
 */
export function objectHash(nspace: string, locatorOrOid: string, hash = strHashRjenkins): number {
  const text = nspace === '' ? locatorOrOid : `${nspace}\x1f${locatorOrOid}`;
  const { length } = text;
  if (length > NAME.length || utf8Length(text) > length) return hash(utf8Encode(text));
  for (let at = 0; at < length; at++) NAME[at] = text.charCodeAt(at);
  return hash(NAME, length);
}

/** Room for one ASCII name: every request has one to be hashed. */
const NAME = new Uint8Array(256);

/**
 * The hash that pools of the first releases may have.
 *
 * @ceph src/common/ceph_hash.cc ceph_str_hash_linux — exact
 */
export function strHashLinux(bytes: Uint8Array, length = bytes.length): number {
  let hash = 0;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] ?? 0;
    hash = Math.imul(hash + (byte << 4) + (byte >> 4), 11);
  }
  return hash >>> 0;
}

/** Four bytes, little endian; what is past `length` counts as zero. */
function word(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = Math.min(3, length - at - 1); i >= 0; i--) value = (value << 8) | (bytes[at + i] ?? 0);
  return value;
}

function mix(a0: number, b0: number, c0: number): [a: number, b: number, c: number] {
  let a = a0 | 0;
  let b = b0 | 0;
  let c = c0 | 0;
  a = (a - b - c) ^ (c >>> 13);
  b = (b - c - a) ^ (a << 8);
  c = (c - a - b) ^ (b >>> 13);
  a = (a - b - c) ^ (c >>> 12);
  b = (b - c - a) ^ (a << 16);
  c = (c - a - b) ^ (b >>> 5);
  a = (a - b - c) ^ (c >>> 3);
  b = (b - c - a) ^ (a << 10);
  c = (c - a - b) ^ (b >>> 15);
  return [a, b, c];
}
