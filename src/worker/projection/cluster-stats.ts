import type { Cluster } from '../../engine/cluster/cluster.ts';
import { pgStat } from '../../engine/cluster/stats/cluster-stats.ts';
import type { PgStat, StatsPort } from '../../engine/mon/pg-stat.ts';
import { pgIdText } from '../../engine/osdmap/pg-id.ts';
import type { CollectionCounts } from './collection-counts.ts';

/** The statistics that the monitor works with, from counts that are kept up instead of a walk over all objects. */
export function countedStats(cluster: Cluster, counts: CollectionCounts): StatsPort {
  return {
    *pgStats() {
      for (const pool of cluster.monitor.map().pools.values()) {
        for (let seed = 0; seed < pool.pgNum; seed++) {
          const stat = pgStatOf(cluster, counts, pool.id, seed);
          if (stat !== null) yield stat;
        }
      }
    },
    osdUsages: () =>
      new Map(
        cluster.monitor.map().osds.map((_, osd) => {
          const { bytes, omapBytes } = counts.ofOsd(osd);
          return [osd, { dataBytes: bytes, omapBytes, metaBytes: 0 }];
        }),
      ),
  };
}

export function pgStatOf(cluster: Cluster, counts: CollectionCounts, poolId: number, seed: number): PgStat | null {
  const pool = cluster.monitor.map().pools.get(poolId);
  if (pool === undefined) return null;
  return pgStat(cluster.pgs, pool, seed, (osd) => counts.ofPg(osd, pgIdText(poolId, seed)));
}
