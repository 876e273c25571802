import { cacheModeName } from '../../../../engine/osdmap/cache-modes.ts';
import type { OsdMap, PgPool } from '../../../../engine/osdmap/osd-map.ts';
import { byNumber } from '../../../../engine/osdmap/wire.ts';

import { type Check, warning } from './check.ts';

/** Cache modes in which the OSDs must know what was used of late. */
const HIT_SET_MODES = ['writeback', 'readforward', 'readproxy'];

/** What is to be said of pools. @ceph src/osd/OSDMap.cc OSDMap::check_health — exact */
export function poolChecks(map: OsdMap): Check[] {
  const pools = byNumber(map.pools).map(([, pool]) => pool);
  const all = (code: string, tail: string, detail: (pool: PgPool) => string | undefined): Check[] => {
    const details = pools.map(detail).filter((text) => text !== undefined);
    return details.length === 0 ? [] : [warning(code, `${details.length} ${tail}`, details)];
  };
  return [
    ...scrubCheck(pools),
    ...all('CACHE_POOL_NO_HIT_SET', 'cache pools are missing hit_sets', missingHitSet),
    ...all('POOL_FULL', 'pool(s) full', (pool) => {
      const why = pool.flags.includes('full_quota') ? '(running out of quota)' : '(no space)';
      return fullness(pool) === 'full' ? `pool '${pool.name}' is full ${why}` : undefined;
    }),
    ...all('POOL_BACKFILLFULL', 'pool(s) backfillfull', (pool) => {
      return fullness(pool) === 'backfillfull' ? `pool '${pool.name}' is backfillfull` : undefined;
    }),
    ...all('POOL_NEARFULL', 'pool(s) nearfull', (pool) => {
      return fullness(pool) === 'nearfull' ? `pool '${pool.name}' is nearfull` : undefined;
    }),
    ...all('POOL_PG_NUM_NOT_POWER_OF_TWO', 'pool(s) have non-power-of-two pg_num', ({ name, pgNumTarget }) => {
      const isPower = pgNumTarget > 0 && Number.isInteger(Math.log2(pgNumTarget));
      return isPower ? undefined : `pool '${name}' pg_num ${pgNumTarget} is not a power of two`;
    }),
    ...all('POOL_NO_REDUNDANCY', 'pool(s) have no replicas configured', ({ name, size }) => {
      return size === 1 ? `pool '${name}' has no replicas configured` : undefined;
    }),
  ];
}

function scrubCheck(pools: readonly PgPool[]): Check[] {
  const flags = ['noscrub', 'nodeep-scrub'];
  const details = pools.flatMap((pool) =>
    flags.filter((flag) => pool.flags.includes(flag)).map((flag) => `Pool ${pool.name} has ${flag} flag`),
  );
  if (details.length === 0) return [];
  const set = flags.filter((flag) => pools.some((pool) => pool.flags.includes(flag))).join(', ');
  const summary = `Some pool(s) have the ${set} flag(s) set`;
  return [{ code: 'POOL_SCRUB_FLAGS', severity: 'HEALTH_OK', summary, count: 0, details }];
}

function missingHitSet({ name, extra }: PgPool): string | undefined {
  const mode = cacheModeName(extra?.cacheMode ?? 0);
  if (!HIT_SET_MODES.includes(mode) || (extra?.hitSet[0] ?? 0) !== 0) return undefined;
  return `pool '${name}' with cache_mode ${mode} needs hit_set_type to be set but it is not`;
}

/** The worst of the flags that say how full a pool is. */
function fullness({ flags }: PgPool): string | undefined {
  return ['full', 'backfillfull', 'nearfull'].find((flag) => flags.includes(flag));
}
