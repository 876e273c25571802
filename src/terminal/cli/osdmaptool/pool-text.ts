import { cacheModeName } from '../../../engine/osdmap/cache-modes.ts';
import { PLAIN_POOL, type PoolExtra } from '../../../engine/osdmap/extra.ts';
import { REAL_POOL_OPTIONS } from '../../../engine/osdmap/names.ts';
import type { OsdMap, PgPool } from '../../../engine/osdmap/osd-map.ts';
import { readBalanceOf } from '../../../engine/osdmap/read-balance.ts';
import { byName } from '../../../engine/osdmap/wire.ts';
import { fixedText, generalText } from '../format/fixed-text.ts';
import { hitSetText } from './hit-set.ts';
import { intervalsText, timeText_us } from './texts.ts';

/** A pool as `--print` shows it, with its snapshots; tools before 18.2 knew no score. @ceph src/osd/OSDMap.cc OSDMap::print_pools — exact */
export function poolText(map: OsdMap, pool: PgPool, withScore = true): string {
  const balance = readBalanceOf(map, pool);
  const score = withScore && balance?.valid === true ? ` read_balance_score ${fixedText(balance.scoreActing, 2)}` : '';
  const message = balance?.message;
  const note = message === undefined ? '' : `${balance?.valid === true ? ' Warning: ' : ' ERROR: '}${message}\n`;
  const snaps = pool.snaps.map(({ id, name, stamp_us }) => `\tsnap ${id} '${name}' ${timeText_us(stamp_us)}\n`);
  const removed = pool.removedSnaps.length === 0 ? '' : `\tremoved_snaps ${intervalsText(pool.removedSnaps)}\n`;
  const queue = map.removedSnapsQueue.get(pool.id);
  const queued = queue === undefined ? '' : `\tremoved_snaps_queue ${intervalsText(queue)}\n`;
  const name = pool.name === '' ? '<unknown>' : pool.name;
  return `pool ${pool.id} '${name}' ${poolParts(pool).join(' ')}${score}\n${note}${snaps.join('')}${removed}${queued}`;
}

/** @ceph src/osd/osd_types.cc operator<< pg_pool_t — exact */
function poolParts(pool: PgPool): string[] {
  const extra = pool.extra ?? PLAIN_POOL;
  const part = (name: string, value: string | number, shown: boolean) => (shown ? [`${name} ${value}`] : []);
  return [
    extra.strangeType === null ? pool.type : '???',
    ...part('profile', pool.erasureCodeProfile, pool.type === 'erasure'),
    `size ${pool.size} min_size ${pool.minSize} crush_rule ${pool.crushRule}`,
    `object_hash ${hashName(extra.objectHash)} pg_num ${pool.pgNum} pgp_num ${pool.pgpNum}`,
    ...part('pg_num_target', pool.pgNumTarget, pool.pgNumTarget !== pool.pgNum),
    ...part('pgp_num_target', pool.pgpNumTarget, pool.pgpNumTarget !== pool.pgpNum),
    ...part('pg_num_pending', pool.pgNumPending ?? pool.pgNum, (pool.pgNumPending ?? pool.pgNum) !== pool.pgNum),
    ...part('autoscale_mode', pool.autoscaleMode, pool.autoscaleMode !== 'unknown'),
    `last_change ${pool.lastChange}`,
    ...part('lfor', resendText(pool, extra), resendText(pool, extra) !== '0/0/0'),
    ...part('owner', extra.auid, extra.auid !== 0),
    ...part('flags', pool.flags.join(','), pool.flags.length > 0 || extra.flagBits > 0),
    ...part('max_bytes', pool.quotaMaxBytes, pool.quotaMaxBytes > 0),
    ...part('max_objects', pool.quotaMaxObjects, pool.quotaMaxObjects > 0),
    ...cacheParts(extra),
    `stripe_width ${pool.stripeWidth}`,
    ...part('expected_num_objects', extra.expectedNumObjects, extra.expectedNumObjects > 0),
    ...part('fast_read', 1, extra.fastRead),
    ...byName(pool.options).map(([name, value]) => `${name} ${optionText(name, value)}`),
    ...part(
      'application',
      byName(pool.applications)
        .map(([name]) => name)
        .join(','),
      pool.applications.size > 0,
    ),
  ];
}

export function hashName(hash: number): string {
  return ['', 'linux', 'rjenkins'][hash] || 'unknown';
}

function resendText(pool: PgPool, extra: PoolExtra): string {
  return `${extra.forceResend}/${extra.forceResendPrenautilus}/${pool.lastForceResend}`;
}

function optionText(name: string, value: string | number): string {
  return typeof value === 'number' && REAL_POOL_OPTIONS.has(name) ? generalText(value, 6) : String(value);
}

function cacheParts(extra: PoolExtra): string[] {
  const part = (name: string, value: string | number, shown: boolean) => (shown ? [`${name} ${value}`] : []);
  return [
    ...part('tiers', extra.tiers.join(','), extra.tiers.length > 0),
    ...part('tier_of', extra.tierOf, extra.tierOf >= 0),
    ...part('read_tier', extra.readTier, extra.readTier >= 0),
    ...part('write_tier', extra.writeTier, extra.writeTier >= 0),
    ...part('cache_mode', cacheModeName(extra.cacheMode), extra.cacheMode > 0),
    ...part('target_bytes', extra.targetMaxBytes, extra.targetMaxBytes > 0),
    ...part('target_objects', extra.targetMaxObjects, extra.targetMaxObjects > 0),
    ...hitSetText(extra),
    ...part('min_read_recency_for_promote', extra.minReadRecencyForPromote, extra.minReadRecencyForPromote > 0),
    ...part('min_write_recency_for_promote', extra.minWriteRecencyForPromote, extra.minWriteRecencyForPromote > 0),
  ];
}
