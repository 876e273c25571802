import { type HealthCheck, warning } from '../health-check.ts';
import type { HealthInput } from '../health-input.ts';
import type { PoolStat } from '../stats.ts';

/** Pools whose PGs hold far more than others'. @ceph src/mon/PGMap.cc get_health_checks MANY_OBJECTS_PER_PG — exact */
export function crowdedPools({ stats, option }: HealthInput): HealthCheck[] {
  const [skew, least] = [option('mon_pg_warn_max_object_skew'), option('mon_pg_warn_min_objects')];
  if (skew <= 0 || stats.objects < least || stats.pgs.length === 0) return [];
  const average = Math.floor(stats.objects / stats.pgs.length);
  const [most, smallest] = [average * skew, option('mon_pg_warn_min_pool_objects')];
  const perPg = ({ objects, pool }: PoolStat): number => Math.floor(objects / pool.pgNum);
  const found = stats.pools.filter(
    (stat) => average > 0 && stat.objects > smallest && perPg(stat) > most && stat.pool.autoscaleMode !== 'on',
  );
  if (found.length === 0) return [];
  const details = found.map((stat) => {
    const ratio = perPg(stat) / average;
    return `pool ${stat.pool.name} objects per pg (${perPg(stat)}) is more than ${Number(ratio.toPrecision(6))} times cluster average (${average})`;
  });
  const summary = `${found.length} pools have many more objects per pg than average`;
  return [warning('MANY_OBJECTS_PER_PG', summary, found.length, details)];
}
