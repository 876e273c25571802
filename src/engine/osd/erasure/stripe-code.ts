import { must } from '../../base/assert.ts';
import type { StripeCode } from '../../base/data.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';

const codes = new WeakMap<ReadonlyMap<string, string>, StripeCode[]>();

/** What makes shards of a pool's objects; null for a replicated pool. The same one for the same profile. */
export function stripeCodeOf(map: OsdMap, pool: PgPool): StripeCode | null {
  if (pool.type !== 'erasure') return null;
  const name = pool.erasureCodeProfile;
  const profile = must(map.erasureCodeProfiles.get(name), `erasure code profile ${name}`);
  const [stripe_width_bytes, optimized] = [pool.stripeWidth, pool.flags.includes('ec_optimizations')];
  const known = codes.get(profile) ?? [];
  const same = known.find((code) => code.stripe_width_bytes === stripe_width_bytes && code.optimized === optimized);
  if (same !== undefined) return same;
  const code = { profile, stripe_width_bytes, optimized };
  codes.set(profile, [...known, code]);
  return code;
}

/** Objects only grow, by whole stripes, and are replaced as a whole. @ceph src/osd/osd_types.h requires_aligned_append — exact */
export function onlyAppends(pool: PgPool): boolean {
  return pool.type === 'erasure' && !pool.flags.includes('ec_overwrites');
}
