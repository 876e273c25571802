import { type HealthCheck, warning } from '../health-check.ts';
import type { HealthInput } from '../health-input.ts';
import { shardsRepaired } from '../osd-repairs.ts';

/** OSDs whose copies had to be made anew too often. @ceph src/mon/PGMap.cc get_health_checks OSD_TOO_MANY_REPAIRS — exact */
export function manyRepairs({ map, records, option }: HealthInput): HealthCheck[] {
  if (records === undefined) return [];
  const most = option('mon_osd_warn_num_repaired');
  const details = map.osds.flatMap((osd, id) => {
    const count = osd === undefined ? 0 : shardsRepaired(records, id);
    return count > most ? [`osd.${id} had ${count} reads repaired`] : [];
  });
  if (details.length === 0) return [];
  const summary = `Too many repaired reads on ${details.length} OSDs`;
  return [warning('OSD_TOO_MANY_REPAIRS', summary, details.length, details)];
}

/** Objects that a deep scrub found with very many keys. @ceph src/mon/PGMap.cc get_health_checks LARGE_OMAP_OBJECTS — exact */
export function largeOmaps({ stats, map }: HealthInput): HealthCheck[] {
  const byPool = new Map<number, number>();
  for (const { pool, scrub } of stats.pgs) {
    const count = scrub?.largeOmaps ?? 0;
    if (count > 0) byPool.set(pool, (byPool.get(pool) ?? 0) + count);
  }
  if (byPool.size === 0) return [];
  const total = [...byPool.values()].reduce((sum, each) => sum + each, 0);
  const details = [...byPool]
    .sort(([a], [b]) => a - b)
    .map(([pool, count]) => `${count} large objects found in pool '${map.pools.get(pool)?.name ?? pool}'`);
  details.push("Search the cluster log for 'Large omap object found' for more details.");
  return [warning('LARGE_OMAP_OBJECTS', `${total} large omap objects`, total, details)];
}
