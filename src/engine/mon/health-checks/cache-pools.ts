import { cacheModeName, tiering } from '../../osdmap/cache-modes.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { type HealthCheck, warning } from '../health-check.ts';
import type { HealthInput } from '../health-input.ts';
import type { PoolStat } from '../stats.ts';

/** Modes in which OSDs must know what was used of late. */
const HIT_SET_MODES: readonly string[] = ['writeback', 'readforward', 'readproxy'];

/** Caches that are not told what is used, or that are full. */
export function cachePools(input: HealthInput): HealthCheck[] {
  if (!input.pools.some(({ extra }) => (extra?.tierOf ?? -1) >= 0)) return [];
  return [...missingHitSets(input.pools), ...nearlyFull(input)];
}

/** @ceph src/osd/OSDMap.cc OSDMap::check_health CACHE_POOL_NO_HIT_SET — exact */
function missingHitSets(pools: readonly PgPool[]): HealthCheck[] {
  const details = pools.flatMap((pool) => {
    const { cacheMode, hitSet } = tiering(pool);
    const mode = cacheModeName(cacheMode);
    if (!HIT_SET_MODES.includes(mode) || (hitSet[0] ?? 0) !== 0) return [];
    return [`pool '${pool.name}' with cache_mode ${mode} needs hit_set_type to be set but it is not`];
  });
  if (details.length === 0) return [];
  const summary = `${details.length} cache pools are missing hit_sets`;
  return [warning('CACHE_POOL_NO_HIT_SET', summary, details.length, details)];
}

/** @ceph src/mon/PGMap.cc get_health_checks CACHE_POOL_NEAR_FULL — exact */
function nearlyFull({ stats, option }: HealthInput): HealthCheck[] {
  const warnAt = option('mon_cache_target_full_warn_ratio');
  const full = stats.pools.map((stat) => fullTexts(stat, warnAt)).filter((texts) => texts.length > 0);
  if (full.length === 0) return [];
  const summary = `${full.length} cache pools at or near target size`;
  return [warning('CACHE_POOL_NEAR_FULL', summary, full.length, full.flat())];
}

function fullTexts({ pool, objects, dataBytes }: PoolStat, warnAt: number): string[] {
  const { targetMaxObjects, targetMaxBytes, cacheTargetFullRatio_micro } = tiering(pool);
  const share = (cacheTargetFullRatio_micro + (1_000_000 - cacheTargetFullRatio_micro) * warnAt) / 1_000_000;
  const out: string[] = [];
  const start = `cache pool '${pool.name}' with`;
  if (targetMaxObjects > 0 && objects > targetMaxObjects * share)
    out.push(`${start} ${countText(objects)} objects at/near target max ${countText(targetMaxObjects)} objects`);
  if (targetMaxBytes > 0 && dataBytes > targetMaxBytes * share)
    out.push(`${start} ${bytesText(dataBytes)} at/near target max ${bytesText(targetMaxBytes)}`);
  return out;
}

function countText(count: number): string {
  return scaledText(count, 1000, ['', 'k', 'M', 'G', 'T', 'P', 'E']);
}

function bytesText(bytes: number): string {
  return scaledText(bytes, 1024, [' B', ' KiB', ' MiB', ' GiB', ' TiB', ' PiB', ' EiB']);
}

/** By the largest unit that it reaches, with as many decimals as fit. @ceph src/include/types.h si_u_t, byte_u_t — exact */
function scaledText(value: number, base: number, units: readonly string[]): string {
  let index = 0;
  while (value >= base ** (index + 1) && index < units.length - 1) index++;
  const [scaled, unit] = [value / base ** index, units[index] ?? ''];
  if (Number.isInteger(scaled)) return `${scaled}${unit}`;
  const texts = [2, 1].map((decimals) => `${scaled.toFixed(decimals)}${unit}`);
  return texts.find((text) => text.length <= 7) ?? `${scaled.toFixed(0)}${unit}`;
}
