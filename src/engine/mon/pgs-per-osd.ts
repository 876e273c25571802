import { devicesUnder } from '../crush/tree.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { configNumber } from './config/value.ts';
import { type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/** What a pool would ask of the OSDs. */
export type PoolDemand = Pick<PgPool, 'id' | 'pgNum' | 'size' | 'crushRule'>;

/**
 * Why a pool may not be made, or made larger: its OSDs would have too many PGs.
 *
 * @ceph src/mon/OSDMonitor.cc OSDMonitor::check_pg_num — exact: pools count that use the same OSDs
 */
export function tooManyPgs(monitor: Monitor, wanted: PoolDemand): MonAnswer | undefined {
  const map = monitor.map();
  const most = configNumber(monitor.context.records, 'mon', 'mon_max_pg_per_osd');
  const osds = osdsOf(map, wanted.crushRule);
  const inside = [...osds].filter((osd) => (map.osds[osd]?.weight ?? 0) > 0).length;
  if (inside === 0) return undefined;
  let total = wanted.pgNum * wanted.size;
  for (const pool of map.pools.values()) {
    if (pool.id !== wanted.id && shares(osdsOf(map, pool.crushRule), osds)) total += pool.pgNumTarget * pool.size;
  }
  const each = Math.floor(total / inside);
  if (each <= most) return undefined;
  return refused(
    'ERANGE',
    `pg_num ${wanted.pgNum} size ${wanted.size} for this pool would result in ${each} cumulative PGs per OSD ` +
      `(${total} total PG replicas on ${inside} 'in' root OSDs by crush rule) which exceeds the mon_max_pg_per_osd ` +
      `value of ${most}`,
  );
}

function osdsOf(map: OsdMap, rule: number): ReadonlySet<number> {
  const steps = map.crush.rules.get(rule)?.steps ?? [];
  return new Set(steps.flatMap((step) => (step.op === 'take' ? devicesUnder(map.crush, step.item) : [])));
}

function shares(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const osd of a) if (b.has(osd)) return true;
  return false;
}
