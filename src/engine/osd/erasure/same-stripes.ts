import type { Data, Source, StripeCode, Stripes } from '../../base/data.ts';

/** True where both are the same object, even if they were read from storage apart. */
export function sameStripes(a: Stripes, b: Stripes): boolean {
  return a === b || (sameCode(a.code, b.code) && sameData(a.data, b.data));
}

function sameCode(a: StripeCode, b: StripeCode): boolean {
  if (a === b) return true;
  if (a.stripe_width_bytes !== b.stripe_width_bytes || a.optimized !== b.optimized) return false;
  return a.profile.size === b.profile.size && [...a.profile].every(([key, value]) => b.profile.get(key) === value);
}

/** True where both come from the same places; not every two that have the same bytes do. */
export function sameData(a: Data, b: Data): boolean {
  if (a === b) return true;
  if (a.length !== b.length || a.extents.length !== b.extents.length) return false;
  return a.extents.every((extent, i) => {
    const other = b.extents[i];
    if (other === undefined || extent.off !== other.off || extent.len !== other.len) return false;
    return extent.at === other.at && sameSource(extent.source, other.source);
  });
}

function sameSource(a: Source, b: Source): boolean {
  if (a === b) return true;
  if (a.kind === 'fill' && b.kind === 'fill') return a.byte === b.byte;
  if (a.kind === 'random' && b.kind === 'random') return a.seed === b.seed;
  if (a.kind === 'shard' && b.kind === 'shard') return a.shard === b.shard && sameStripes(a.stripes, b.stripes);
  if (a.kind !== 'bytes' || b.kind !== 'bytes') return false;
  return a.bytes.length === b.bytes.length && a.bytes.every((byte, at) => byte === b.bytes[at]);
}
