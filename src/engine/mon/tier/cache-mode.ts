import {
  CACHE_MODES,
  type CacheMode,
  cacheModeName,
  cacheModeNumber,
  isTier,
  tiering,
  withTiering,
} from '../../osdmap/cache-modes.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { done, type MonAnswer, noSuchPool, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { withFlag } from '../pool-flags.ts';

export interface SetCacheMode {
  readonly pool: string;
  readonly mode: string;
  readonly confirmed: boolean;
  /** Objects that a pool has and its base has not in this state. */
  dirtyIn(pool: PgPool): number;
}

const WELL_SUPPORTED: readonly string[] = ['writeback', 'none', 'proxy', 'readproxy'];

/** Where a mode leads to whatever objects are dirty; one that is not named leads anywhere. */
const ALWAYS: Partial<Record<CacheMode | 'unknown', readonly CacheMode[]>> = {
  readforward: ['writeback', 'proxy', 'readproxy'],
  readproxy: ['writeback', 'proxy'],
  proxy: ['writeback', 'readproxy'],
  forward: ['writeback', 'proxy', 'readproxy'],
};

/** `ceph osd tier cache-mode`. @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd tier cache-mode" — exact */
export function setCacheMode(monitor: Monitor, wanted: SetCacheMode): MonAnswer {
  monitor.received();
  const pool = monitor.findPool(wanted.pool);
  if (pool === undefined) return noSuchPool(wanted.pool);
  if (!isTier(pool)) return refused('EINVAL', `pool '${pool.name}' is not a tier`);
  const mode = CACHE_MODES.find((each) => each === wanted.mode);
  if (mode === undefined) return refused('EINVAL', `'${wanted.mode}' is not a valid cache mode`);
  const refusal = unsupported(mode, wanted.confirmed);
  if (refusal !== undefined) return refusal;
  const text = `set cache-mode for pool '${pool.name}' to ${mode}`;
  if (cacheModeName(tiering(pool).cacheMode) === mode) return done(text);
  const blocked = noWayTo(pool, mode, wanted.dirtyIn);
  if (blocked !== undefined) return blocked;
  const cacheMode = cacheModeNumber(mode);
  const summary = `cache mode of ${pool.name}: ${mode}`;
  monitor.publishPool(pool.id, (was) => withFlag(withTiering(was, { cacheMode }), 'incomplete_clones', true), summary);
  return done(`${text}${mode === 'none' ? overlayWarning(monitor, pool) : ''}`);
}

function unsupported(mode: CacheMode, confirmed: boolean): MonAnswer | undefined {
  if (mode === 'forward' || mode === 'readforward')
    return refused('EPERM', `'${mode}' is no longer a supported cache mode`);
  if (confirmed || WELL_SUPPORTED.includes(mode)) return undefined;
  return refused(
    'EPERM',
    `'${mode}' is not a well-supported cache mode and may corrupt your data.  pass --yes-i-really-mean-it to force.`,
  );
}

function noWayTo(pool: PgPool, mode: CacheMode, dirtyIn: SetCacheMode['dirtyIn']): MonAnswer | undefined {
  const now = cacheModeName(tiering(pool).cacheMode);
  if (now === 'writeback' && mode !== 'proxy' && mode !== 'readproxy')
    return refused(
      'EINVAL',
      `unable to set cache-mode '${mode}' on a '${now}' pool; only 'proxy','readproxy' allowed.`,
    );
  if (ALWAYS[now]?.includes(mode) !== false || dirtyIn(pool) === 0) return undefined;
  return refused('EBUSY', `unable to set cache-mode '${mode}' on pool '${pool.name}': dirty objects found`);
}

function overlayWarning(monitor: Monitor, pool: PgPool): string {
  const base = monitor.map().pools.get(tiering(pool).tierOf);
  const isUsed = base?.extra?.readTier === pool.id || base?.extra?.writeTier === pool.id;
  return isUsed ? ' (WARNING: pool is still configured as read or write tier)' : '';
}
