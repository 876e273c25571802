import { codecOf } from '../erasure-code/profile.ts';
import { tiering, withTiering } from '../osdmap/cache-modes.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { withEcOptimizations } from './ec-optimizations.ts';
import { done, type MonAnswer, noSuchPool, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { tooManyPgs } from './pgs-per-osd.ts';
import { fitsPool, MAX_POOL_PG_NUM, pgNumRange, ruleIdOf } from './pool-create.ts';
import { isPoolFlag, withFlag } from './pool-flags.ts';
import { decimal, wholeNumber } from './pool-numbers.ts';
import { defaultMinSize, sizeOneRefusal } from './pool-size.ts';
import { isTierSetting, setOfTier } from './tier/cache-setters.ts';

export interface SetPool {
  readonly name: string;
  readonly key: string;
  readonly value: string;
  readonly confirmed?: boolean;
}

/** A changed pool, or why not. */
type Outcome = PgPool | MonAnswer;
type Setter = (pool: PgPool, wanted: SetPool, monitor: Monitor) => Outcome;

/**
 * `ceph osd pool set`: checks the value, then publishes the changed pool.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_pool_set — what a value may be is exact
 */
export function setPool(monitor: Monitor, wanted: SetPool): MonAnswer {
  monitor.received();
  const pool = monitor.findPool(wanted.name);
  if (pool === undefined) return noSuchPool(wanted.name);
  const outcome = (SETTERS[wanted.key] ?? (isTierSetting(wanted.key) ? setTier : setOption))(pool, wanted, monitor);
  if (!('id' in outcome)) return outcome;
  monitor.publishPool(pool.id, () => outcome, `pool ${wanted.name} ${wanted.key} ${wanted.value}`);
  return done(`set pool ${pool.id} ${wanted.key} to ${wanted.value}`);
}

const setFlag: Setter = (pool, { key, value, confirmed }) => {
  if (!isPoolFlag(key)) return refused('EINVAL', `unrecognized variable '${key}'`);
  const on = value === 'true' || value === '1';
  if (!on && value !== 'false' && value !== '0')
    return refused('EINVAL', "expecting value 'true', 'false', '0', or '1'");
  if (key === 'hashpspool' && !confirmed)
    return refused(
      'EPERM',
      'are you SURE?  this will remap all placement groups in this pool, this triggers large data movement, ' +
        'pass --yes-i-really-mean-it if you really do.',
    );
  return withFlag(pool, key, on);
};

const setTier: Setter = (pool, { key, value }, monitor) => setOfTier(pool, key, value, monitor);

const SETTERS: Readonly<Record<string, Setter>> = {
  size: (pool, { value, confirmed }, { context: { records } }) => {
    if (pool.flags.includes('nosizechange'))
      return refused('EPERM', 'pool size change is disabled; you must unset nosizechange flag for the pool first');
    if (pool.type === 'erasure') return refused('EOPNOTSUPP', 'can not change the size of an erasure-coded pool');
    const size = wholeNumber(value);
    if (typeof size !== 'number') return size;
    if (size < 1 || size > 10) return refused('EINVAL', 'pool size must be between 1 and 10');
    const single = size === 1 ? sizeOneRefusal(records, confirmed === true) : undefined;
    return single ?? { ...pool, size, minSize: defaultMinSize(records, size) };
  },
  min_size: (pool, { value }, monitor) => {
    const minSize = wholeNumber(value);
    if (typeof minSize !== 'number') return minSize;
    const least = pool.type === 'erasure' ? dataShards(pool, monitor.map()) : 1;
    if (minSize < least || minSize > pool.size)
      return refused('EINVAL', `pool min_size must be between ${least} and size, which is set to ${pool.size}`);
    return { ...pool, minSize };
  },
  pg_num: (pool, { value, confirmed }, monitor) => {
    if (pool.flags.includes('nopgchange'))
      return refused('EPERM', 'pool pg_num change is disabled; you must unset nopgchange flag for the pool first');
    const pgNum = wholeNumber(value);
    if (typeof pgNum !== 'number') return pgNum;
    if (pgNum === pool.pgNumTarget) return done('');
    if (pgNum <= 0 || pgNum > MAX_POOL_PG_NUM) return pgNumRange();
    const tooMany = pgNum > pool.pgNum ? tooManyPgs(monitor, { ...pool, pgNum }) : undefined;
    if (tooMany !== undefined) return tooMany;
    if (pgNum > pool.pgNumTarget && tiering(pool).cacheMode > 0 && !confirmed)
      return refused(
        'EPERM',
        'splits in cache pools must be followed by scrubs and leave sufficient free space to avoid overfilling.  ' +
          'use --yes-i-really-mean-it to force.',
      );
    // pgp_num goes along as long as nobody has set it to something else.
    const pgpNumTarget = pool.pgNumTarget === pool.pgpNumTarget ? pgNum : pool.pgpNumTarget;
    return { ...pool, pgNumTarget: pgNum, pgpNumTarget };
  },
  pgp_num: (pool, { value }) => {
    if (pool.flags.includes('nopgchange'))
      return refused('EPERM', 'pool pgp_num change is disabled; you must unset nopgchange flag for the pool first');
    const pgpNum = wholeNumber(value);
    if (typeof pgpNum !== 'number') return pgpNum;
    if (pgpNum <= 0) return refused('EINVAL', `specified pgp_num must > 0, but you set to ${pgpNum}`);
    if (pgpNum > pool.pgNumTarget) return refused('EINVAL', `specified pgp_num ${pgpNum} > pg_num ${pool.pgNumTarget}`);
    return { ...pool, pgpNumTarget: pgpNum };
  },
  crush_rule: (pool, { value }, monitor) => {
    const crushRule = ruleIdOf(monitor.map(), value);
    if (crushRule === undefined) return refused('ENOENT', `crush rule ${value} does not exist`);
    const rule = monitor.map().crush.rules.get(crushRule);
    if (rule !== undefined && !fitsPool(rule, pool.type))
      return refused('EINVAL', `crush rule ${crushRule} type does not match pool`);
    return { ...pool, crushRule };
  },
  pg_autoscale_mode: (pool, { value }) =>
    value === 'on' || value === 'off' || value === 'warn'
      ? { ...pool, autoscaleMode: value }
      : refused('EINVAL', `specified invalid mode ${value}`),
  allow_ec_overwrites: (pool, { value }) => {
    if (pool.type === 'replicated')
      return refused('EINVAL', 'ec overwrites can only be enabled for an erasure coded pool');
    if (value !== 'true' && value !== '1') return refused('EINVAL', 'ec overwrites cannot be disabled once enabled');
    return withFlag(pool, 'ec_overwrites', true);
  },
  allow_ec_optimizations: (pool, { value }, monitor) => {
    if (pool.type !== 'erasure')
      return refused('EINVAL', 'allow_ec_optimizations can only be enabled for an erasure coded pool');
    if (value === 'true' || value === '1') return withEcOptimizations(monitor.map(), pool);
    if (value !== 'false' && value !== '0') return refused('EINVAL', "expecting value 'true', 'false', '0', or '1'");
    const isOn = pool.flags.includes('ec_optimizations');
    return isOn ? refused('EINVAL', 'allow_ec_optimizations cannot be disabled once enabled') : pool;
  },
  fast_read: (pool, { value }) => {
    if (pool.type === 'replicated') return refused('EINVAL', 'fast read is not supported in replication pool');
    const on = value === 'true' || value === '1';
    if (!on && value !== 'false' && value !== '0')
      return refused('EINVAL', "expecting value 'true', 'false', '0', or '1'");
    return withTiering(pool, { fastRead: on });
  },
  hashpspool: setFlag,
  nodelete: setFlag,
  nopgchange: setFlag,
  nosizechange: setFlag,
  write_fadvise_dontneed: setFlag,
  noscrub: setFlag,
  'nodeep-scrub': setFlag,
  eio: setFlag,
  bulk: setFlag,
};

/** Below so many OSDs the data of an erasure pool cannot be read. */
function dataShards({ erasureCodeProfile }: PgPool, { erasureCodeProfiles }: OsdMap): number {
  const profile = erasureCodeProfiles.get(erasureCodeProfile);
  return profile === undefined ? 1 : codecOf(profile).k;
}

/** Pool options by what their values are; the others are not settable here. */
const OPTION_TYPES: Readonly<Record<string, 'int' | 'float' | 'text'>> = {
  scrub_min_interval: 'float',
  scrub_max_interval: 'float',
  deep_scrub_interval: 'float',
  recovery_priority: 'int',
  recovery_op_priority: 'int',
  scrub_priority: 'int',
  compression_mode: 'text',
  compression_algorithm: 'text',
  compression_required_ratio: 'float',
  compression_max_blob_size: 'int',
  compression_min_blob_size: 'int',
  csum_type: 'text',
  csum_min_block: 'int',
  csum_max_block: 'int',
  pg_autoscale_bias: 'float',
  pg_num_min: 'int',
  pg_num_max: 'int',
  target_size_bytes: 'int',
  target_size_ratio: 'float',
  read_ratio: 'int',
};

/** True for a key that {@link setPool} knows. */
export function isSettable(key: string): boolean {
  return key in SETTERS || key in OPTION_TYPES || isTierSetting(key);
}

const setOption: Setter = (pool, { key, value }) => {
  const type = OPTION_TYPES[key];
  if (type === undefined) return refused('EINVAL', `unrecognized variable '${key}'`);
  const options = new Map(pool.options);
  const parsed = type === 'text' ? value : type === 'int' ? wholeNumber(value) : decimal(value);
  if (typeof parsed === 'object') return parsed;
  if (parsed === 0 || parsed === '' || parsed === 'unset') options.delete(key);
  else options.set(key, parsed);
  return { ...pool, options: new Map([...options].sort(([a], [b]) => (a < b ? -1 : 1))) };
};
