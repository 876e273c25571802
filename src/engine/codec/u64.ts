import type { Decoder, Encoder } from './denc.ts';
import { NOSNAP } from './snap.ts';

/** A snapshot id; NOSNAP goes out as 2^64 - 2, which is what Ceph calls so. */
export function encodeSnapId(encoder: Encoder, snapId: number): void {
  if (snapId === NOSNAP) encoder.u32(0xfffffffe).u32(0xffffffff);
  else encoder.u64(snapId);
}

/** A snapshot id; whatever JavaScript cannot count to is NOSNAP. */
export function decodeSnapId(decoder: Decoder): number {
  return decoder.u64saturated();
}

/** `std::optional<uint64_t>`: a byte that says whether it is there, and the value. */
export function encodeOptionalU64(encoder: Encoder, value: number | null): void {
  encoder.bool(value !== null);
  if (value !== null) encoder.u64(value);
}

export function decodeOptionalU64(decoder: Decoder): number | null {
  return decoder.bool() ? decoder.u64() : null;
}

/** A value in words for the inspector: NOSNAP by name, null as a dash. */
export function showSnapId(snapId: number): string {
  return snapId === NOSNAP ? 'NOSNAP (head)' : String(snapId);
}

export function showOptional(value: number | null): string {
  return value === null ? 'none' : String(value);
}
