import type { RecordStore } from '../base/records.ts';
import { CRUSH_ITEM_NONE, type CrushRule, RULE_TYPE } from '../crush/crush-map.ts';
import { erasurePoolShape } from '../erasure-code/pool-shape.ts';
import { codecOf } from '../erasure-code/profile.ts';
import { stripeWidthOf } from '../erasure-code/stripe.ts';
import { parseStripeUnit } from '../erasure-code/stripe-unit.ts';
import { newPool } from '../osdmap/build.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { PgMapper } from '../osdmap/pg-mapper.ts';
import { configFlag, configNumber, configValue } from './config/value.ts';
import { withErasureRule } from './crush/erasure-rule.ts';
import { publishCrush } from './crush/publish-crush.ts';
import { withEcOptimizations } from './ec-optimizations.ts';
import { noPlugin } from './erasure-profile.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { tooManyPgs } from './pgs-per-osd.ts';
import { withFlag } from './pool-flags.ts';
import { defaultMinSize, sizeOneRefusal } from './pool-size.ts';

/** What `ceph osd pool create` takes; what is left out gets the cluster's default. */
export interface NewPool {
  readonly name: string;
  readonly pgNum?: number | undefined;
  readonly pgpNum?: number | undefined;
  readonly type?: string | undefined;
  /** Of an erasure pool; `default` where left out. */
  readonly profile?: string | undefined;
  /** A rule's name; for a replicated pool the profile's place may name it, too. */
  readonly rule?: string | undefined;
  readonly size?: number | undefined;
  readonly autoscaleMode?: PgPool['autoscaleMode'] | undefined;
  readonly bulk?: boolean;
  readonly options?: ReadonlyMap<string, string | number>;
  readonly confirmed?: boolean;
}

export const MAX_POOL_PG_NUM = 65536;

/** A pool of that name is no error, unless it is of the other type. */
function knownPool({ name, type }: PgPool, wanted: NewPool): MonAnswer {
  const asked = wanted.type ?? 'replicated';
  if (type === asked) return done(`pool '${name}' already exists`);
  return refused('EINVAL', `pool '${name}' cannot change to type ${asked}`);
}

/**
 * Makes a pool. A pool of that name and type is no error, whatever else was asked for. An erasure pool gets a rule of its own
 * where none is named.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_new_pool — all PGs at once instead of 1024 and growing
 */
export function createPool(monitor: Monitor, wanted: NewPool): MonAnswer {
  monitor.received();
  const known = monitor.findPool(wanted.name);
  if (known !== undefined) return knownPool(known, wanted);
  const { records } = monitor.context;
  const pgNum = wanted.pgNum || configNumber(records, 'mon', 'osd_pool_default_pg_num');
  const erasure = wanted.type === 'erasure' ? erasureOf(monitor, wanted) : undefined;
  if (erasure !== undefined && 'code' in erasure) return erasure;
  const refusal = refusalOf(monitor, wanted, pgNum, erasure);
  if (refusal !== undefined) return refusal;
  if (erasure !== undefined) addRule(monitor, erasure);
  const id = monitor.map().poolMax + 1;
  monitor.publish((map) => {
    const pool = poolOf(monitor, map, wanted, id, pgNum, erasure);
    return { ...map, pools: new Map(map.pools).set(id, markedCreating(map, pool, erasure)), poolMax: id };
  }, `pool ${wanted.name} created`);
  monitor.context.emit({ type: 'mon/pool-created', pool: id, name: wanted.name });
  return done(`pool '${wanted.name}' created`);
}

/**
 * A pool is being created until all of its PGs are made; here that is at once, but for PGs that CRUSH finds
 * too few OSDs for.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_new_pool, update_pending_pgs — pg_pool_t::FLAG_CREATING
 */
function markedCreating(map: OsdMap, pool: PgPool, erasure: Erasure | undefined): PgPool {
  const mapper = new PgMapper(map);
  const least = erasure === undefined ? 1 : codecOf(erasure.profile).k;
  for (let seed = 0; seed < pool.pgNum; seed++)
    if (osdsOf(mapper.get(pool, seed).acting) < least) return withFlag(pool, 'creating', true);
  return pool;
}

function osdsOf(acting: readonly number[]): number {
  return acting.reduce((count, osd) => count + (osd >= 0 && osd !== CRUSH_ITEM_NONE ? 1 : 0), 0);
}

/** What an erasure pool is made from. */
interface Erasure {
  readonly profileName: string;
  readonly profile: ReadonlyMap<string, string>;
  readonly ruleName: string;
}

function erasureOf(monitor: Monitor, { name, profile: profileName = 'default', rule }: NewPool): Erasure | MonAnswer {
  const profile = monitor.map().erasureCodeProfiles.get(profileName);
  if (profile === undefined) return noPlugin(new Map());
  return { profileName, profile, ruleName: rule ?? (profileName === 'default' ? 'erasure-code' : name) };
}

/** Why there can be no rule for an erasure pool. */
function missingRule(map: OsdMap, { ruleName, profile }: Erasure): MonAnswer | undefined {
  if (ruleIdOf(map, ruleName) !== undefined) return undefined;
  const made = withErasureRule(map, ruleName, profile);
  return 'refusal' in made ? made.refusal : undefined;
}

/** The rule of an erasure pool, where there is none of that name. */
function addRule(monitor: Monitor, { ruleName, profile }: Erasure): void {
  if (ruleIdOf(monitor.map(), ruleName) !== undefined) return;
  const made = withErasureRule(monitor.map(), ruleName, profile);
  if ('crush' in made) publishCrush(monitor, made.crush, '', `rule ${ruleName} created`);
}

function refusalOf(monitor: Monitor, wanted: NewPool, pgNum: number, erasure?: Erasure): MonAnswer | undefined {
  const map = monitor.map();
  const { records } = monitor.context;
  const noRule = erasure === undefined || wanted.rule !== undefined ? undefined : missingRule(map, erasure);
  if (noRule !== undefined) return noRule;
  if (wanted.rule !== undefined && ruleIdOf(map, wanted.rule) === undefined)
    return refused('ENOENT', `specified rule ${wanted.rule} doesn't exist`);
  // The rule of an erasure pool may not be there yet.
  const ruleName = wanted.rule ?? erasure?.ruleName;
  const rule = map.crush.rules.get(ruleName === undefined ? 0 : (ruleIdOf(map, ruleName) ?? -1));
  if (rule !== undefined && !fitsPool(rule, wanted.type === 'erasure' ? 'erasure' : 'replicated'))
    return refused('EINVAL', `crush rule ${rule.id} type does not match pool`);
  if (pgNum < 0 || pgNum > MAX_POOL_PG_NUM) return pgNumRange();
  if ((wanted.pgpNum ?? 0) > pgNum || (wanted.pgpNum ?? 0) < 0)
    return refused(
      'ERANGE',
      `'pgp_num' must be greater than 0 and lower or equal than 'pg_num', which in this case is ${pgNum}`,
    );
  const size = wanted.size || configNumber(records, 'mon', 'osd_pool_default_size');
  if (size < 0 || size > 10) return refused('EINVAL', 'pool size must be between 1 and 10');
  const single = size === 1 ? sizeOneRefusal(records, wanted.confirmed === true) : undefined;
  return single ?? tooManyPgs(monitor, { id: -1, pgNum, size: erasureSize(erasure) ?? size, crushRule: rule?.id ?? 0 });
}

/** Shards of a stripe. */
function erasureSize(erasure: Erasure | undefined): number | undefined {
  return erasure === undefined ? undefined : Number(erasure.profile.get('k')) + Number(erasure.profile.get('m'));
}

/** True for a rule of a kind that pools of that type can have. */
export function fitsPool({ type }: CrushRule, pool: PgPool['type']): boolean {
  const fitting: readonly number[] =
    pool === 'replicated' ? [RULE_TYPE.replicated, RULE_TYPE.msr_firstn] : [RULE_TYPE.erasure, RULE_TYPE.msr_indep];
  return fitting.includes(type);
}

export function pgNumRange(): MonAnswer {
  return refused(
    'ERANGE',
    `'pg_num' must be greater than 0 and less than or equal to ${MAX_POOL_PG_NUM}` +
      " (you may adjust 'mon max pool pg num' for higher values)",
  );
}

/** The id of a rule by its name. */
export function ruleIdOf(map: OsdMap, name: string): number | undefined {
  for (const rule of map.crush.rules.values()) if (rule.name === name) return rule.id;
  return undefined;
}

function defaultAutoscale(records: RecordStore): PgPool['autoscaleMode'] {
  const mode = configValue(records, 'mon', 'osd_pool_default_pg_autoscale_mode');
  return mode === 'on' || mode === 'warn' ? mode : 'off';
}

function poolOf(
  { context }: Monitor,
  map: OsdMap,
  wanted: NewPool,
  id: number,
  pgNum: number,
  erasure: Erasure | undefined,
): PgPool {
  const { records } = context;
  const now_us = context.now_us();
  const size = wanted.size || configNumber(records, 'mon', 'osd_pool_default_size');
  const pgpNum = Math.min(wanted.pgpNum || configNumber(records, 'mon', 'osd_pool_default_pgp_num') || pgNum, pgNum);
  const pool: PgPool = {
    ...newPool({ id, name: wanted.name, pgNum, size, epoch: map.epoch + 1, now_us }),
    minSize: defaultMinSize(records, size),
    pgpNum,
    pgpNumTarget: pgpNum,
    crushRule: (wanted.rule === undefined ? undefined : ruleIdOf(map, wanted.rule)) ?? 0,
    autoscaleMode: wanted.autoscaleMode ?? defaultAutoscale(records),
    options: wanted.options ?? new Map(),
  };
  const whole = erasure === undefined ? pool : optimized(records, map, erasurePool(map, pool, erasure));
  return wanted.bulk ? withFlag(whole, 'bulk', true) : whole;
}

/** With the optimizations of this release, where new pools are to have them and this one can. */
function optimized(records: RecordStore, map: OsdMap, pool: PgPool): PgPool {
  if (!configFlag(records, 'mon', 'osd_pool_default_flag_ec_optimizations')) return pool;
  const outcome = withEcOptimizations(map, pool);
  return 'id' in outcome ? outcome : pool;
}

/** @ceph src/mon/OSDMonitor.cc prepare_pool_size, prepare_pool_stripe_width — exact */
function erasurePool(map: OsdMap, pool: PgPool, { profile, profileName, ruleName }: Erasure): PgPool {
  const codec = codecOf(profile);
  const unit = profile.get('stripe_unit');
  return {
    ...pool,
    type: 'erasure',
    ...erasurePoolShape(codec),
    crushRule: ruleIdOf(map, ruleName) ?? 0,
    stripeWidth: unit === undefined ? stripeWidthOf(codec) : stripeWidthOf(codec, parseStripeUnit(unit)),
    erasureCodeProfile: profileName,
  };
}
