import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { parentOf } from './crush-parent.ts';
import { downBuckets } from './down-buckets.ts';
import { type HealthCheck, warning } from './health-check.ts';
import { QUIET_FLAGS } from './osd-flags.ts';
import type { ClusterStats } from './stats.ts';

export type HealthStatus = 'HEALTH_OK' | 'HEALTH_WARN' | 'HEALTH_ERR';

export interface Health {
  readonly status: HealthStatus;
  /** In order of their codes. */
  readonly checks: readonly HealthCheck[];
}

/** A pool without application is warned about once it is this old (`mon_warn_on_pool_no_app_grace`). */
const NO_APP_GRACE_US = 300_000_000;

/**
 * The cluster's health.
 *
 * @ceph src/osd/OSDMap.cc check_health, src/mon/PGMap.cc get_health_checks — the checks that commands of this sandbox can
 * raise; none for what has been so for some time (stuck PGs), for slow operations, or for devices
 */
export function healthOf(map: OsdMap, stats: ClusterStats, now_us: number): Health {
  const pools = [...map.pools.values()];
  const checks = [
    flagsCheck(map),
    osdDownCheck(map),
    ...downBuckets(map),
    degradedCheck(stats),
    misplacedCheck(stats),
    fullPoolsCheck(pools),
    powerOfTwoCheck(pools),
    pgpNumCheck(pools),
    applicationCheck(stats, now_us),
  ].filter((check) => check !== undefined);
  checks.sort((a, b) => (a.code < b.code ? -1 : 1));
  return { status: statusOf(checks), checks };
}

function statusOf(checks: readonly HealthCheck[]): HealthStatus {
  if (checks.length === 0) return 'HEALTH_OK';
  return checks.some(({ severity }) => severity === 'HEALTH_ERR') ? 'HEALTH_ERR' : 'HEALTH_WARN';
}

function flagsCheck(map: OsdMap): HealthCheck | undefined {
  const flags = map.flags.filter((flag) => !QUIET_FLAGS.includes(flag)).join(',');
  // Ceph counts the letters of the text here.
  return flags === '' ? undefined : warning('OSDMAP_FLAGS', `${flags} flag(s) set`, flags.length);
}

function osdDownCheck(map: OsdMap): HealthCheck | undefined {
  const down = map.osds.flatMap((osd, id) => (osd !== undefined && !osd.up && osd.weight > 0 ? [id] : []));
  if (down.length === 0) return undefined;
  const details = down.map((id) => `osd.${id}${locationOf(map, id)} is down`);
  return warning('OSD_DOWN', `${down.length} osds down`, down.length, details);
}

/** Where an OSD hangs in the CRUSH tree: ` (root=default,host=ceph1)`. */
function locationOf(map: OsdMap, id: number): string {
  const parts: string[] = [];
  for (let at = parentOf(map, id); at !== undefined; at = parentOf(map, at)) {
    const type = map.crush.buckets.get(at)?.type ?? 0;
    parts.unshift(`${map.crush.types.get(type) ?? type}=${map.crush.names.get(at) ?? at}`);
  }
  return parts.length === 0 ? '' : ` (${parts.join(',')})`;
}

function degradedCheck({ pgs, degraded, copies }: ClusterStats): HealthCheck | undefined {
  const bad = pgs.filter(({ state }) => state.split('+').includes('degraded'));
  if (bad.length === 0) return undefined;
  const details = [...bad]
    .sort((a, b) => a.pool - b.pool || a.seed - b.seed)
    .map((pg) => `pg ${pg.pgid} is ${pg.state}, acting [${pg.acting.join(',')}]`);
  const objects = degraded > 0 ? `${objectsText(degraded, copies, 'degraded')}, ` : '';
  const pgText = `${bad.length} pg${bad.length > 1 ? 's' : ''} degraded`;
  return warning('PG_DEGRADED', `Degraded data redundancy: ${objects}${pgText}`, degraded + bad.length, details);
}

function misplacedCheck({ misplaced, copies }: ClusterStats): HealthCheck | undefined {
  if (misplaced === 0) return undefined;
  return warning('OBJECT_MISPLACED', objectsText(misplaced, copies, 'misplaced'), misplaced);
}

/** `2/21 objects degraded (9.524%)`. */
export function objectsText(count: number, of: number, what: string): string {
  return `${count}/${of} objects ${what} (${((100 * count) / of).toFixed(3)}%)`;
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

function powerOfTwoCheck(pools: readonly PgPool[]): HealthCheck | undefined {
  const odd = pools.filter(({ pgNum, autoscaleMode }) => autoscaleMode !== 'on' && (pgNum & (pgNum - 1)) !== 0);
  if (odd.length === 0) return undefined;
  const details = odd.map(({ name, pgNum }) => `pool '${name}' pg_num ${pgNum} is not a power of two`);
  const summary = `${odd.length} pool(s) have non-power-of-two pg_num`;
  return warning('POOL_PG_NUM_NOT_POWER_OF_TWO', summary, odd.length, details);
}

function pgpNumCheck(pools: readonly PgPool[]): HealthCheck | undefined {
  const lower = pools.filter(({ pgNum, pgpNum }) => pgNum > pgpNum);
  if (lower.length === 0) return undefined;
  const details = lower.map(({ name, pgNum, pgpNum }) => `pool ${name} pg_num ${pgNum} > pgp_num ${pgpNum}`);
  return warning('SMALLER_PGP_NUM', `${lower.length} pools have pg_num > pgp_num`, lower.length, details);
}

function applicationCheck({ pools }: ClusterStats, now_us: number): HealthCheck | undefined {
  const untagged = pools.filter(
    ({ pool, objects }) => pool.applications.size === 0 && objects > 0 && pool.created_us + NO_APP_GRACE_US <= now_us,
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
