import { tiering } from '../../osdmap/cache-modes.ts';
import type { PoolExtra } from '../../osdmap/extra.ts';
import { bloomOf, hitSetKind } from '../../osdmap/hit-set-params.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';

type Get = (extra: PoolExtra) => string | number | undefined;

/** A share as the monitor has it, in single precision. */
function share(micro: number): number {
  return Math.fround(Math.fround(micro) / 1_000_000);
}

/** What tiers alone have, as `ceph osd pool get` names it. @ceph src/mon/OSDMonitor.cc ONLY_TIER_CHOICES — exact */
const GETTERS: Readonly<Record<string, Get>> = {
  hit_set_type: ({ hitSet }) => hitSetKind(hitSet),
  hit_set_period: ({ hitSetPeriod_s }) => hitSetPeriod_s,
  hit_set_count: ({ hitSetCount }) => hitSetCount,
  hit_set_fpp: ({ hitSet }) => bloomOf(hitSet)?.probability,
  target_max_objects: ({ targetMaxObjects }) => targetMaxObjects,
  target_max_bytes: ({ targetMaxBytes }) => targetMaxBytes,
  cache_target_dirty_ratio: ({ cacheTargetDirtyRatio_micro }) => share(cacheTargetDirtyRatio_micro),
  cache_target_dirty_high_ratio: ({ cacheTargetDirtyHighRatio_micro }) => share(cacheTargetDirtyHighRatio_micro),
  cache_target_full_ratio: ({ cacheTargetFullRatio_micro }) => share(cacheTargetFullRatio_micro),
  cache_min_flush_age: ({ cacheMinFlushAge_s }) => cacheMinFlushAge_s,
  cache_min_evict_age: ({ cacheMinEvictAge_s }) => cacheMinEvictAge_s,
  min_read_recency_for_promote: ({ minReadRecencyForPromote }) => minReadRecencyForPromote,
  min_write_recency_for_promote: ({ minWriteRecencyForPromote }) => minWriteRecencyForPromote,
  hit_set_grade_decay_rate: ({ hitSetGradeDecayRate }) => hitSetGradeDecayRate,
  hit_set_search_last_n: ({ hitSetSearchLastN }) => hitSetSearchLastN,
};

/** True of a variable that only tiers have. */
export function isTierVariable(key: string): boolean {
  return key in GETTERS;
}

/** A variable of a tier; undefined where it has none, and in pools that are none. */
export function tierValue(pool: PgPool, key: string): string | number | undefined {
  return (pool.extra?.tierOf ?? -1) < 0 ? undefined : GETTERS[key]?.(tiering(pool));
}
