import { cacheModeNumber, withTiering } from '../../osdmap/cache-modes.ts';
import type { PoolExtra } from '../../osdmap/extra.ts';
import { encodeHitSet, HIT_SET_KINDS } from '../../osdmap/hit-set-params.ts';
import { configNumber, configValue } from '../config/value.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { type AddTier, refusalToBecomeTier, withTierAdded } from './become-tier.ts';
import { publishPools, resent, withTierPools } from './tier-pools.ts';

export interface AddCache extends AddTier {
  readonly sizeBytes: number;
}

/** `ceph osd tier add-cache`: a tier that works at once. @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd tier add-cache" — exact */
export function addCache(monitor: Monitor, wanted: AddCache): MonAnswer {
  return withTierPools(monitor, wanted.pool, wanted.tier, (pools) => {
    const { base, tier } = pools;
    const refusal = refusalToBecomeTier(monitor.map(), pools);
    if (refusal !== undefined) return refusal;
    if (wanted.objectsIn(tier) > 0) return refused('ENOTEMPTY', `tier pool '${tier.name}' is not empty`);
    const settings = cacheSettings(monitor);
    if ('code' in settings) return settings;
    const overlay = { readTier: tier.id, writeTier: tier.id };
    const change = { ...settings, tierOf: base.id, targetMaxBytes: wanted.sizeBytes };
    const added = withTierAdded(tier);
    publishPools(monitor, `pool ${tier.name} is a cache of ${base.name}`, [
      [base.id, (pool, epoch) => resent(withTiering(added(pool, epoch), overlay), epoch)],
      [tier.id, (pool, epoch) => resent(withTiering(pool, change), epoch)],
    ]);
    return done(`pool '${tier.name}' is now (or already was) a cache tier of '${base.name}'`);
  });
}

/** What a cache begins with, as it is configured. */
function cacheSettings({ context: { records } }: Monitor): Partial<PoolExtra> | MonAnswer {
  const text = (name: string) => configValue(records, 'mon', `osd_tier_default_cache_${name}`);
  const number = (name: string) => configNumber(records, 'mon', `osd_tier_default_cache_${name}`);
  const cacheMode = cacheModeNumber(text('mode'));
  if (cacheMode < 0)
    return refused('EINVAL', `osd tier cache default mode '${text('mode')}' is not a valid cache mode`);
  const kind = HIT_SET_KINDS.find((each) => each !== 'none' && each === text('hit_set_type'));
  if (kind === undefined)
    return refused('EINVAL', `osd tier cache default hit set type '${text('hit_set_type')}' is not a known type`);
  return {
    cacheMode,
    hitSet: encodeHitSet(kind, configNumber(records, 'mon', 'osd_pool_default_hit_set_bloom_fpp')),
    hitSetCount: number('hit_set_count'),
    hitSetPeriod_s: number('hit_set_period'),
    minReadRecencyForPromote: number('min_read_recency_for_promote'),
    minWriteRecencyForPromote: number('min_write_recency_for_promote'),
    hitSetGradeDecayRate: number('hit_set_grade_decay_rate'),
    hitSetSearchLastN: number('hit_set_search_last_n'),
  };
}
