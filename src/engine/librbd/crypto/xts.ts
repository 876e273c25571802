import { unsafe } from '@noble/ciphers/aes.js';
import { must } from '../../base/assert.ts';

const { expandKeyLE, expandKeyDecLE, encrypt, decrypt } = unsafe;

/** A block of AES. */
const BLOCK_BYTES = 16;

/** The schedules of an XTS key: of its first half for the data, of its second half for the tweak. */
export interface XtsKey {
  readonly forward: Uint32Array;
  readonly backward: Uint32Array;
  readonly tweak: Uint32Array;
}

/** Of 32 bytes (AES-128) or 64 bytes (AES-256). */
export function xtsKey(key: Uint8Array): XtsKey {
  const half = key.length / 2;
  return {
    forward: expandKeyLE(key.subarray(0, half)),
    backward: expandKeyDecLE(key.subarray(0, half)),
    tweak: expandKeyLE(key.subarray(half)),
  };
}

/**
 * Encrypts or decrypts one sector in place. Its number goes into the tweak as 64 bits, little-endian
 * (`plain64`). `words` are the sector's bytes, four each, little-endian; a sector is a multiple of 16 bytes.
 */
export function cryptSector(key: XtsKey, words: Uint32Array, sector: number, encrypts: boolean): void {
  let { s0: t0, s1: t1, s2: t2, s3: t3 } = encrypt(key.tweak, sector >>> 0, Math.floor(sector / 2 ** 32), 0, 0);
  for (let at = 0; at < words.length; at += BLOCK_BYTES / 4) {
    const w0 = word(words, at) ^ t0;
    const w1 = word(words, at + 1) ^ t1;
    const w2 = word(words, at + 2) ^ t2;
    const w3 = word(words, at + 3) ^ t3;
    const { s0, s1, s2, s3 } = encrypts ? encrypt(key.forward, w0, w1, w2, w3) : decrypt(key.backward, w0, w1, w2, w3);
    words[at] = s0 ^ t0;
    words[at + 1] = s1 ^ t1;
    words[at + 2] = s2 ^ t2;
    words[at + 3] = s3 ^ t3;
    // The tweak times x in GF(2^128).
    const carry = t3 >>> 31;
    t3 = (t3 << 1) | (t2 >>> 31);
    t2 = (t2 << 1) | (t1 >>> 31);
    t1 = (t1 << 1) | (t0 >>> 31);
    t0 = (t0 << 1) ^ (carry === 1 ? 0x87 : 0);
  }
}

function word(words: Uint32Array, at: number): number {
  return must(words[at], 'a word of the sector');
}

/**
 * Encrypts or decrypts whole sectors in place.
 *
 * @ceph src/librbd/crypto/BlockCrypto.cc crypt — exact: sectors are counted in 512 bytes whatever their size
 */
export function cryptSectors(
  key: XtsKey,
  bytes: Uint8Array,
  sectorBytes: number,
  firstSector: number,
  encrypts: boolean,
): void {
  const words = new Uint32Array(bytes.length / 4);
  const raw = new Uint8Array(words.buffer);
  raw.set(bytes);
  if (!LITTLE_ENDIAN) swap(words);
  for (let off = 0; off < bytes.length; off += sectorBytes) {
    const sector = firstSector + off / 512;
    cryptSector(key, words.subarray(off / 4, (off + sectorBytes) / 4), sector, encrypts);
  }
  if (!LITTLE_ENDIAN) swap(words);
  bytes.set(raw);
}

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

function swap(words: Uint32Array): void {
  const view = new DataView(words.buffer);
  for (let at = 0; at < words.length; at++) view.setUint32(at * 4, view.getUint32(at * 4, true), false);
}
