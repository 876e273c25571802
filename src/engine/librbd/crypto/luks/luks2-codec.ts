import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes } from '../../../base/bytes.ts';
import { utf8Encode } from '../../../base/utf8.ts';
import { BigEndianFields, byteText, textBytes } from '../../../codec/big-endian.ts';

/** The binary part; JSON follows. */
const BINARY_BYTES = 4096;
/** A header as cryptsetup makes it: the binary part and 12 KiB for JSON. Two of them lie one after the other. */
export const LUKS2_BYTES = 16_384;
const CHECKSUM_AT = 448;
const CHECKSUM_BYTES = 64;
/** Sizes that a header may have (LUKS2 On-Disk Format Specification 1.1.4, section 2.1). */
const SIZES: readonly number[] = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096].map((kib) => kib * 1024);

/** One of the two headers of LUKS2. */
export interface Luks2Header {
  readonly uuid: string;
  /** 64 bytes, other ones in the second header. */
  readonly salt: Uint8Array;
  readonly epoch: number;
  readonly json: string;
}

/** `second`: the copy that follows the first, with its magic turned round. */
export function encodeLuks2({ uuid, salt, epoch, json }: Luks2Header, second: boolean): Uint8Array {
  const f = new BigEndianFields(LUKS2_BYTES);
  f.put(0, textBytes(second ? 'SKUL\xba\xbe' : 'LUKS\xba\xbe', 6)).u16(6, 2);
  f.u64(8, LUKS2_BYTES).u64(16, epoch);
  f.put(72, textBytes('sha256', 32)).put(104, salt).put(168, textBytes(uuid, 40));
  f.u64(256, second ? LUKS2_BYTES : 0);
  f.put(BINARY_BYTES, utf8Encode(json));
  return f.put(CHECKSUM_AT, sha256(f.bytes)).bytes;
}

/** Bytes of the whole header that begins there; undefined where it says none that is allowed. */
export function luks2Size(bytes: Uint8Array): number | undefined {
  if (bytes.length < BINARY_BYTES) return undefined;
  const size = new BigEndianFields(bytes).getU64(8);
  return SIZES.includes(size) ? size : undefined;
}

/** The JSON of a header; undefined where its checksum does not fit. */
export function decodeLuks2(bytes: Uint8Array): Uint8Array | undefined {
  const f = new BigEndianFields(bytes);
  if (byteText(f.get(72, 32)) !== 'sha256') return undefined;
  const zeroed = concatBytes([
    bytes.subarray(0, CHECKSUM_AT),
    new Uint8Array(CHECKSUM_BYTES),
    bytes.subarray(CHECKSUM_AT + CHECKSUM_BYTES),
  ]);
  if (!equalBytes(sha256(zeroed), f.get(CHECKSUM_AT, 32))) return undefined;
  const json = bytes.subarray(BINARY_BYTES);
  const end = json.indexOf(0);
  return end < 0 ? json : json.subarray(0, end);
}
