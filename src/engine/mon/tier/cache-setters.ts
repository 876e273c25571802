import { isTier, tiering, withTiering } from '../../osdmap/cache-modes.ts';
import type { PoolExtra } from '../../osdmap/extra.ts';
import { bloomOf, encodeHitSet, HIT_SET_KINDS } from '../../osdmap/hit-set-params.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { configNumber } from '../config/value.ts';
import { type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { decimal, wholeNumber } from '../pool-numbers.ts';
import { unitNumber } from './unit-number.ts';

type Change = Partial<PoolExtra>;
type Outcome = Change | MonAnswer;
type Set = (value: string, extra: PoolExtra, monitor: Monitor) => Outcome;

/** Numbers are kept in 32 bits without a sign, whatever was given. */
function u32(change: (number: number) => Change): Set {
  return (value) => {
    const number = wholeNumber(value);
    return typeof number === 'number' ? change(number >>> 0) : number;
  };
}

function age(change: (seconds: number) => Change): Set {
  return (value) => {
    const number = wholeNumber(value, 'int');
    return typeof number === 'number' ? change(number >>> 0) : number;
  };
}

function notNegative(key: string, change: (number: number) => Change): Set {
  return (value) => {
    const number = wholeNumber(value);
    if (typeof number !== 'number') return number;
    return number < 0 ? refused('EINVAL', `${key} should be non-negative`) : change(number);
  };
}

function share(change: (micro: number) => Change): Set {
  return (value) => {
    const number = decimal(value, 'float');
    if (typeof number !== 'number') return number;
    if (number < 0 || number > 1) return refused('ERANGE', 'value must be in the range 0..1');
    return change(Math.trunc(number * 1_000_000));
  };
}

function amount(isBytes: boolean, change: (number: number) => Change): Set {
  return (value) => {
    const number = unitNumber(value, isBytes);
    return typeof number === 'number' ? change(number) : refused('EINVAL', `error parsing int '${value}': ${number}`);
  };
}

function within(most: (extra: PoolExtra) => number, name: string, change: (number: number) => Change): Set {
  return (value, extra) => {
    const number = wholeNumber(value);
    if (typeof number !== 'number') return number;
    if (number < 0 || number > most(extra)) return refused('EINVAL', `value out of range,valid range is 0 - ${name}`);
    return change(number);
  };
}

const SETTERS: Readonly<Record<string, Set>> = {
  hit_set_type: (value, _, { context: { records } }) => {
    const kind = HIT_SET_KINDS.find((each) => each === value);
    if (kind === undefined) return refused('EINVAL', `unrecognized hit_set type '${value}'`);
    return { hitSet: encodeHitSet(kind, configNumber(records, 'mon', 'osd_pool_default_hit_set_bloom_fpp')) };
  },
  hit_set_fpp: (value, { hitSet }) => {
    const probability = decimal(value);
    if (typeof probability !== 'number') return probability;
    if (bloomOf(hitSet) === undefined)
      return refused('EINVAL', 'hit set is not of type Bloom; invalid to set a false positive rate!');
    if (probability < 0 || probability > 1) return refused('EINVAL', 'hit_set_fpp should be in the range 0..1');
    return { hitSet: encodeHitSet('bloom', probability) };
  },
  hit_set_period: notNegative('hit_set_period', (hitSetPeriod_s) => ({ hitSetPeriod_s })),
  hit_set_count: notNegative('hit_set_count', (hitSetCount) => ({ hitSetCount })),
  target_max_objects: amount(false, (targetMaxObjects) => ({ targetMaxObjects })),
  target_max_bytes: amount(true, (targetMaxBytes) => ({ targetMaxBytes })),
  cache_target_dirty_ratio: share((micro) => ({ cacheTargetDirtyRatio_micro: micro })),
  cache_target_dirty_high_ratio: share((micro) => ({ cacheTargetDirtyHighRatio_micro: micro })),
  cache_target_full_ratio: share((micro) => ({ cacheTargetFullRatio_micro: micro })),
  cache_min_flush_age: age((cacheMinFlushAge_s) => ({ cacheMinFlushAge_s })),
  cache_min_evict_age: age((cacheMinEvictAge_s) => ({ cacheMinEvictAge_s })),
  min_read_recency_for_promote: u32((minReadRecencyForPromote) => ({ minReadRecencyForPromote })),
  min_write_recency_for_promote: u32((minWriteRecencyForPromote) => ({ minWriteRecencyForPromote })),
  hit_set_grade_decay_rate: within(
    () => 100,
    '100',
    (hitSetGradeDecayRate) => ({ hitSetGradeDecayRate }),
  ),
  hit_set_search_last_n: within(
    ({ hitSetCount }) => hitSetCount,
    'hit_set_count',
    (hitSetSearchLastN) => ({ hitSetSearchLastN }),
  ),
  use_gmt_hitset: (value) =>
    value === 'true' || value === '1' ? { useGmtHitSet: true } : refused('EINVAL', "expecting value 'true' or '1'"),
};

/** True of a variable that only tiers let be set. */
export function isTierSetting(key: string): boolean {
  return key in SETTERS;
}

/**
 * A tier with a setting changed, or why not.
 * @ceph src/mon/OSDMonitor.cc prepare_command_pool_set — exact for what only tiers have
 */
export function setOfTier(pool: PgPool, key: string, value: string, monitor: Monitor): PgPool | MonAnswer {
  // The monitor refuses without a word.
  if (!isTier(pool)) return refused('EACCES', '(13) Permission denied');
  const outcome = SETTERS[key]?.(value, tiering(pool), monitor) ?? {};
  return isAnswer(outcome) ? outcome : withTiering(pool, outcome);
}

function isAnswer(outcome: Outcome): outcome is MonAnswer {
  return 'code' in outcome;
}
