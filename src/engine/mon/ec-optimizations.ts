import { must } from '../base/assert.ts';
import { codecOf } from '../erasure-code/profile.ts';
import { PLAIN_POOL } from '../osdmap/extra.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { type MonAnswer, refused } from './mon-answer.ts';
import { withFlag } from './pool-flags.ts';

/** Shards begin at pages of so many bytes. @ceph src/osd/ECUtil.h EC_ALIGN_SIZE */
const PAGE_BYTES = 4096;
const NONPRIMARY_BYTES = 16;

/**
 * An erasure pool whose shards are as long as what they hold, and of which only the first data shard and the coding shards
 * may lead; or why it cannot be one.
 *
 * @ceph src/mon/OSDMonitor.cc enable_pool_ec_optimizations — exact
 */
export function withEcOptimizations(map: OsdMap, pool: PgPool): PgPool | MonAnswer {
  const profile = must(map.erasureCodeProfiles.get(pool.erasureCodeProfile), 'erasure code profile');
  if (!isSupported(profile)) return refused('EINVAL', 'ec optimizations not currently supported for pool profile.');
  const { k, shardOf } = codecOf(profile);
  if ((pool.stripeWidth / k) % PAGE_BYTES !== 0)
    return refused('EINVAL', `stripe_unit must be divisible by ${PAGE_BYTES} to enable ec optimizations`);
  const nonprimaryShards = new Uint8Array(NONPRIMARY_BYTES);
  for (const shard of shardOf.slice(1, k)) {
    const at = shard >> 3;
    nonprimaryShards[at] = (nonprimaryShards[at] ?? 0) | (1 << (shard & 7));
  }
  const extra = { ...(pool.extra ?? PLAIN_POOL), nonprimaryShards };
  return { ...withFlag(pool, 'ec_optimizations', true), extra };
}

/** @ceph src/erasure-code/ErasureCodeInterface.h FLAG_EC_PLUGIN_OPTIMIZED_SUPPORTED — exact for the plugins of this release */
function isSupported(profile: ReadonlyMap<string, string>): boolean {
  const [plugin, technique = 'reed_sol_van'] = [profile.get('plugin') ?? 'isa', profile.get('technique')];
  return plugin === 'isa' || (plugin === 'jerasure' && technique === 'reed_sol_van');
}
