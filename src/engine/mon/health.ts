import type { RecordStore } from '../base/records.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { type HealthCheck, problem, warning } from './health-check.ts';
import { type HealthInput, healthInput } from './health-input.ts';
import { moreChecks } from './health-more.ts';
import { activeMutes, type HealthMute } from './health-mute.ts';
import { osdChecks } from './health-osds.ts';
import { pgChecks } from './health-pgs.ts';
import { poolChecks } from './health-pools.ts';
import { scrubChecks } from './health-scrubs.ts';
import { objectsText } from './objects-text.ts';
import type { ClusterStats } from './stats.ts';

export type HealthStatus = 'HEALTH_OK' | 'HEALTH_WARN' | 'HEALTH_ERR';

export interface Health {
  /** The worst of what is not muted. */
  readonly status: HealthStatus;
  /** In order of their codes, muted ones too. */
  readonly checks: readonly HealthCheck[];
  /** In order of their codes. */
  readonly mutes: readonly HealthMute[];
}

/**
 * The cluster's health.
 *
 * @param records where settings and mutes are; without, the defaults hold and nothing is muted
 * @ceph src/osd/OSDMap.cc check_health, src/mon/PGMap.cc get_health_checks — the checks that this cluster can raise; none
 * for crashes or devices
 */
export function healthOf(map: OsdMap, stats: ClusterStats, now_us: number, records?: RecordStore): Health {
  const input = healthInput(map, stats, now_us, records);
  const found = [
    ...osdChecks(input),
    ...pgChecks(input),
    ...scrubChecks(input),
    ...objectChecks(input),
    ...poolChecks(input),
    ...moreChecks(input),
  ];
  const checks = sorted(found);
  const mutes = records === undefined ? [] : activeMutes(records, checks, now_us);
  const muted = new Set(mutes.map(({ code }) => code));
  return { status: statusOf(checks.filter(({ code }) => !muted.has(code))), checks, mutes };
}

/** By code; of two with one code the first stands. */
function sorted(found: readonly HealthCheck[]): HealthCheck[] {
  const byCode = new Map<string, HealthCheck>();
  for (const check of found) if (!byCode.has(check.code)) byCode.set(check.code, check);
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function statusOf(checks: readonly HealthCheck[]): HealthStatus {
  if (checks.length === 0) return 'HEALTH_OK';
  return checks.some(({ severity }) => severity === 'HEALTH_ERR') ? 'HEALTH_ERR' : 'HEALTH_WARN';
}

function objectChecks({ stats, option }: HealthInput): HealthCheck[] {
  const { misplaced, copies, objects, pgs } = stats;
  const out: HealthCheck[] = [];
  if (misplaced > 0 && option('mon_warn_on_misplaced') !== 0)
    out.push(warning('OBJECT_MISPLACED', objectsText(misplaced, copies, 'misplaced'), misplaced));
  const lost = pgs.filter(({ unfound = 0 }) => unfound > 0);
  if (lost.length === 0) return out;
  const unfound = lost.reduce((sum, pg) => sum + (pg.unfound ?? 0), 0);
  const details = lost.map((pg) => `pg ${pg.pgid} has ${pg.unfound} unfound objects`);
  out.push(problem('HEALTH_WARN', 'OBJECT_UNFOUND', objectsText(unfound, objects, 'unfound'), unfound, details));
  return out;
}
