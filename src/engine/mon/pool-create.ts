import { newPool } from '../osdmap/build.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { withFlag } from './pool-flags.ts';
import { defaultMinSize, SIZE_ONE_WARNING } from './pool-size.ts';

/** What `ceph osd pool create` takes; what is left out gets the cluster's default. */
export interface NewPool {
  readonly name: string;
  readonly pgNum?: number | undefined;
  readonly pgpNum?: number | undefined;
  readonly type?: string | undefined;
  /** A rule's name; for a replicated pool the profile's place may name it, too. */
  readonly rule?: string | undefined;
  readonly size?: number | undefined;
  readonly autoscaleMode?: PgPool['autoscaleMode'] | undefined;
  readonly bulk?: boolean;
  readonly options?: ReadonlyMap<string, string | number>;
  readonly confirmed?: boolean;
}

export const MAX_POOL_PG_NUM = 65536;
const DEFAULT_PG_NUM = 32;
const DEFAULT_SIZE = 3;

/**
 * Makes a pool. A pool of that name is no error, whatever else was asked for.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_new_pool — replicated pools; all PGs at once instead of 1024 and growing
 */
export function createPool(monitor: Monitor, wanted: NewPool): MonAnswer {
  monitor.received();
  if (monitor.findPool(wanted.name) !== undefined) return done(`pool '${wanted.name}' already exists`);
  const pgNum = wanted.pgNum || DEFAULT_PG_NUM;
  const refusal = refusalOf(monitor.map(), wanted, pgNum);
  if (refusal !== undefined) return refusal;
  const id = monitor.map().poolMax + 1;
  monitor.publish((map) => {
    const pools = new Map(map.pools).set(id, poolOf(map, wanted, id, pgNum, monitor.context.now_us()));
    return { ...map, pools, poolMax: id };
  }, `pool ${wanted.name} created`);
  monitor.context.emit({ type: 'mon/pool-created', pool: id, name: wanted.name });
  return done(`pool '${wanted.name}' created`);
}

function refusalOf(map: OsdMap, wanted: NewPool, pgNum: number): MonAnswer | undefined {
  if (wanted.rule !== undefined && ruleIdOf(map, wanted.rule) === undefined)
    return refused('ENOENT', `specified rule ${wanted.rule} doesn't exist`);
  if (pgNum < 0 || pgNum > MAX_POOL_PG_NUM) return pgNumRange();
  if ((wanted.pgpNum ?? 0) > pgNum || (wanted.pgpNum ?? 0) < 0)
    return refused(
      'ERANGE',
      `'pgp_num' must be greater than 0 and lower or equal than 'pg_num', which in this case is ${pgNum}`,
    );
  const size = wanted.size || DEFAULT_SIZE;
  if (size < 0 || size > 10) return refused('EINVAL', 'pool size must be between 1 and 10');
  if (size === 1 && !wanted.confirmed) return refused('EPERM', SIZE_ONE_WARNING);
  return undefined;
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

function poolOf(map: OsdMap, wanted: NewPool, id: number, pgNum: number, now_us: number): PgPool {
  const size = wanted.size || DEFAULT_SIZE;
  const pgpNum = wanted.pgpNum || pgNum;
  const pool: PgPool = {
    ...newPool({ id, name: wanted.name, pgNum, size, epoch: map.epoch + 1, now_us }),
    minSize: defaultMinSize(size),
    pgpNum,
    pgpNumTarget: pgpNum,
    crushRule: (wanted.rule === undefined ? undefined : ruleIdOf(map, wanted.rule)) ?? 0,
    autoscaleMode: wanted.autoscaleMode ?? 'off',
    options: wanted.options ?? new Map(),
  };
  return wanted.bulk ? withFlag(pool, 'bulk', true) : pool;
}
