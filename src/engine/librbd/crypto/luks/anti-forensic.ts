import { assert } from '../../../base/assert.ts';
import { concatBytes } from '../../../base/bytes.ts';
import { type Hash, hashOf } from './hashes.ts';
import { bigEndian32 } from './pbkdf2.ts';

/** How many stripes a key is spread over, in LUKS1 and as cryptsetup has it in LUKS2. */
export const STRIPES = 4000;

/**
 * Spreads a key over stripes so that losing any of them loses the key: all but the last are random, and `random`
 * holds them.
 */
export function splitKey(key: Uint8Array, random: Uint8Array, hashName: string): Uint8Array {
  assert(random.length % key.length === 0, 'random stripes');
  const last = mixed(random, key.length, hashOf(hashName));
  xorInto(last, key);
  return concatBytes([random, last]);
}

/** Takes a key together again from its stripes. */
export function mergeKey(stripes: Uint8Array, keyBytes: number, hashName: string): Uint8Array {
  const end = stripes.length - keyBytes;
  const key = mixed(stripes.subarray(0, end), keyBytes, hashOf(hashName));
  xorInto(key, stripes.subarray(end));
  return key;
}

function mixed(stripes: Uint8Array, keyBytes: number, hash: Hash): Uint8Array {
  let mix: Uint8Array = new Uint8Array(keyBytes);
  for (let at = 0; at < stripes.length; at += keyBytes) {
    xorInto(mix, stripes.subarray(at, at + keyBytes));
    mix = diffused(mix, hash);
  }
  return mix;
}

/** Each piece of a digest's length becomes the digest of its number and itself; the last is cut off. */
function diffused(bytes: Uint8Array, hash: Hash): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let at = 0, number = 0; at < bytes.length; at += hash.outputLen, number++) {
    const piece = bytes.subarray(at, at + hash.outputLen);
    out.set(hash(concatBytes([bigEndian32(number), piece])).subarray(0, piece.length), at);
  }
  return out;
}

function xorInto(to: Uint8Array, from: Uint8Array): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) ^ (from[i] ?? 0);
}
