import type { PgPool } from '../osdmap/osd-map.ts';
import { type HealthCheck, problem, warning } from './health-check.ts';
import type { HealthInput } from './health-input.ts';
import type { PoolStat } from './stats.ts';

/** What is wrong with pools. @ceph src/osd/OSDMap.cc check_health, src/mon/PGMap.cc get_health_checks — exact for the checks that are here */
export function poolChecks(input: HealthInput): HealthCheck[] {
  const checks = [
    fullPoolsCheck(input.pools),
    markedPoolsCheck(input.pools, 'nearfull'),
    markedPoolsCheck(input.pools, 'backfillfull'),
    ...quotaChecks(input),
    powerOfTwoCheck(input),
    pgpNumCheck(input.pools),
    redundancyCheck(input),
    applicationCheck(input),
  ];
  return checks.filter((check) => check !== undefined);
}

function fullPoolsCheck(pools: readonly PgPool[]): HealthCheck | undefined {
  const full = pools.filter(({ flags }) => flags.includes('full'));
  if (full.length === 0) return undefined;
  const details = full.map(({ name, flags }) => {
    const why = flags.includes('full_quota') ? ' (running out of quota)' : ' (no space)';
    return `pool '${name}' is full${why}`;
  });
  return warning('POOL_FULL', `${full.length} pool(s) full`, full.length, details);
}

function markedPoolsCheck(pools: readonly PgPool[], how: 'nearfull' | 'backfillfull'): HealthCheck | undefined {
  const found = pools.filter(({ flags }) => flags.includes(how));
  if (found.length === 0) return undefined;
  const details = found.map(({ name }) => `pool '${name}' is ${how}`);
  return warning(`POOL_${how.toUpperCase()}`, `${found.length} pool(s) ${how}`, found.length, details);
}

/** Pools that have used up a share of their quota; a share of 0 percent is never told. */
function quotaChecks({ stats, option }: HealthInput): HealthCheck[] {
  const [warn, critical] = [option('mon_pool_quota_warn_threshold'), option('mon_pool_quota_crit_threshold')];
  const [near, over] = [new Map<PoolStat, string[]>(), new Map<PoolStat, string[]>()];
  for (const stat of stats.pools) {
    for (const { used, most, text } of quotasOf(stat)) {
      const reaches = (percent: number) => percent > 0 && used >= (most * percent) / 100;
      const into = reaches(critical) ? over : reaches(warn) ? near : undefined;
      into?.set(stat, [...(into.get(stat) ?? []), `pool '${stat.pool.name}' has ${text}`]);
    }
  }
  const out: HealthCheck[] = [];
  if (over.size > 0)
    out.push(problem('HEALTH_ERR', 'POOL_FULL', `${over.size} pools full`, over.size, [...over.values()].flat()));
  if (near.size > 0)
    out.push(warning('POOL_NEAR_FULL', `${near.size} pools nearfull`, near.size, [...near.values()].flat()));
  return out;
}

function quotasOf({ pool, objects, dataBytes }: PoolStat) {
  const { quotaMaxObjects, quotaMaxBytes } = pool;
  return [
    { used: objects, most: quotaMaxObjects, text: `${objects} objects (max ${quotaMaxObjects})` },
    { used: dataBytes, most: quotaMaxBytes, text: `${dataBytes} bytes (max ${quotaMaxBytes})` },
  ].filter(({ most }) => most > 0);
}

function powerOfTwoCheck({ pools, option }: HealthInput): HealthCheck | undefined {
  if (option('mon_warn_on_pool_pg_num_not_power_of_two') === 0) return undefined;
  const odd = pools.filter(({ pgNum, autoscaleMode }) => autoscaleMode !== 'on' && (pgNum & (pgNum - 1)) !== 0);
  if (odd.length === 0) return undefined;
  const details = odd.map(({ name, pgNum }) => `pool '${name}' pg_num ${pgNum} is not a power of two`);
  const summary = `${odd.length} pool(s) have non-power-of-two pg_num`;
  return warning('POOL_PG_NUM_NOT_POWER_OF_TWO', summary, odd.length, details);
}

/** What is on its way to where it is to be is not warned about. */
function pgpNumCheck(pools: readonly PgPool[]): HealthCheck | undefined {
  const lower = pools.filter((pool) => pool.pgNum > pool.pgpNum && pool.pgNumTarget > pool.pgpNumTarget);
  if (lower.length === 0) return undefined;
  const details = lower.map(({ name, pgNum, pgpNum }) => `pool ${name} pg_num ${pgNum} > pgp_num ${pgpNum}`);
  return warning('SMALLER_PGP_NUM', `${lower.length} pools have pg_num > pgp_num`, lower.length, details);
}

function redundancyCheck({ pools, option }: HealthInput): HealthCheck | undefined {
  const bare = option('mon_warn_on_pool_no_redundancy') === 0 ? [] : pools.filter(({ size }) => size === 1);
  if (bare.length === 0) return undefined;
  const details = bare.map(({ name }) => `pool '${name}' has no replicas configured`);
  return warning('POOL_NO_REDUNDANCY', `${bare.length} pool(s) have no replicas configured`, bare.length, details);
}

/** A pool without application is warned about once it is some minutes old. */
function applicationCheck({ stats, now_us, option }: HealthInput): HealthCheck | undefined {
  if (option('mon_warn_on_pool_no_app') === 0) return undefined;
  const grace_us = option('mon_warn_on_pool_no_app_grace') * 1_000_000;
  const untagged = stats.pools.filter(
    ({ pool, objects }) => pool.applications.size === 0 && objects > 0 && pool.created_us + grace_us <= now_us,
  );
  if (untagged.length === 0) return undefined;
  const details = untagged.map(({ pool }) => `application not enabled on pool '${pool.name}'`);
  details.push(
    "use 'ceph osd pool application enable <pool-name> <app-name>', where <app-name> is 'cephfs', 'rbd', 'rgw', " +
      'or freeform for custom applications.',
  );
  const summary = `${untagged.length} pool(s) do not have an application enabled`;
  return warning('POOL_APP_NOT_ENABLED', summary, untagged.length, details);
}
